using System.Collections;
using System.Reflection;
using LossGen.Generator.Tests.Driver;
using Xunit;

namespace LossGen.Generator.Tests;

/// <summary>No step of the pipeline holds a Roslyn object: it would keep a whole compilation alive and never compare equal.</summary>
public class CachedValueTests
{
    private const string Text = """
        public static partial class C
        {
            [Loss("D(z) + unknown(z")] public static partial float L([Axes("n")] ReadOnlySpan<float> z, ref float[] wrong);
            [Loss("sum(z)")] public static partial float D(ReadOnlySpan<float> z, out float part, float weight = 2);
        }
        """;

    public static TheoryData<string> Steps =>
    [
        .. typeof(TrackingNames).GetFields(BindingFlags.Static | BindingFlags.Public).Select(name => (string)name.GetRawConstantValue()!),
    ];

    [Theory]
    [MemberData(nameof(Steps))]
    public void A_step_holds_text_and_numbers_only(string step)
    {
        GeneratorRun run = GeneratorRun.Of(GeneratorRun.CompileForDevices(Text));
        object[] values = [.. run.Driver.GetRunResult().Results[0].TrackedSteps[step].SelectMany(s => s.Outputs).Select(output => output.Value)];
        Assert.NotEmpty(values);
        HashSet<object> seen = new(ReferenceEqualityComparer.Instance);
        foreach (object value in values) Visit(value, step, seen);
    }

    private static void Visit(object? value, string path, HashSet<object> seen)
    {
        if (value is null or string || value.GetType().IsPrimitive || value.GetType().IsEnum) return;
        if (!value.GetType().IsValueType && !seen.Add(value)) return;
        Type type = value.GetType();
        bool isPlainPosition = type.Namespace == "Microsoft.CodeAnalysis.Text" && type.IsValueType;
        Assert.True(isPlainPosition || type.Namespace!.StartsWith("LossGen", StringComparison.Ordinal), $"{path} holds a {type}.");
        if (value is IEnumerable items)
        {
            foreach (object? item in items) Visit(item, path + "[]", seen);
            return;
        }

        foreach (FieldInfo field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
            Visit(field.GetValue(value), path + "." + field.Name, seen);
    }
}
