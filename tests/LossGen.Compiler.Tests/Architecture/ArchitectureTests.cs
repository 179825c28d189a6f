using System.Reflection;
using LossGen.Compiler.Ir;
using Xunit;

namespace LossGen.Compiler.Tests.Architecture;

/// <summary>The rules that docs/architecture.md states about types and files.</summary>
public class ArchitectureTests
{
    private const int LongestFile = 400;

    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Assembly Generator = typeof(Graph).Assembly;

    private static readonly string Root = FindRoot();

    /// <summary>By reflection: an inferred type or an extension method is a use as well, though no file names it.</summary>
    [Fact]
    public void No_type_of_the_compiler_uses_Roslyn()
    {
        Type[] compiler = [.. Generator.GetTypes().Where(t => t.Namespace?.StartsWith("LossGen.Compiler", StringComparison.Ordinal) == true)];
        Assert.True(compiler.Length > 100, "the compiler's types were not found");
        Assert.Equal([], compiler.SelectMany(t => Uses(t).Where(IsRoslyn).Select(used => $"{t} uses {used}")).Distinct());

        // The same walk does find Roslyn where it belongs.
        Assert.Contains(Generator.GetTypes().Where(t => t.Namespace == "LossGen.Generator.Reading").SelectMany(Uses), IsRoslyn);
    }

    [Fact]
    public void Files_are_short_except_for_tables()
    {
        string[] tables = ["Ops.", "RuleTables.", "DiagnosticTable."];
        Assert.Equal([], Files().Where(f => !f.Contains(".verified.", StringComparison.Ordinal) && !tables.Any(table => Path.GetFileName(f).StartsWith(table, StringComparison.Ordinal))
            && File.ReadLines(f).Count() > LongestFile).Select(f => Path.GetRelativePath(Root, f)));
    }

    [Fact]
    public void No_file_has_a_name_that_says_nothing()
    {
        string[] vague = ["Utils", "Helper", "Manager", "Common"];
        Assert.Equal([], Files().Where(f => vague.Any(word => Path.GetFileName(f).Contains(word, StringComparison.OrdinalIgnoreCase)))
            .Select(f => Path.GetRelativePath(Root, f)));
    }

    private static bool IsRoslyn(Type type) => type.FullName?.StartsWith("Microsoft.CodeAnalysis.", StringComparison.Ordinal) == true;

    private static IEnumerable<Type> Uses(Type type)
    {
        IEnumerable<Type?> signatures = type.GetInterfaces().Append(type.BaseType)
            .Concat(type.GetFields(Declared).Select(f => f.FieldType));
        IEnumerable<Type?> methods = type.GetMethods(Declared).Concat<MethodBase>(type.GetConstructors(Declared)).SelectMany(Uses);
        return signatures.Concat(methods).OfType<Type>().SelectMany(Parts);
    }

    private static IEnumerable<Type?> Uses(MethodBase method) => method.GetParameters().Select(p => p.ParameterType)
        .Append((method as MethodInfo)?.ReturnType)
        .Concat(method.GetMethodBody() is { } body ? body.LocalVariables.Select(l => l.LocalType).Concat(Called(method, body)) : []);

    /// <summary>The types whose methods and fields a body names.</summary>
    /// <remarks>Reads every four bytes as a token and keeps those that resolve: a type found by chance is one of the module's own references.</remarks>
    private static IEnumerable<Type?> Called(MethodBase method, MethodBody body)
    {
        byte[] code = body.GetILAsByteArray() ?? [];
        Type[]? ofType = method.DeclaringType is { IsGenericType: true } generic ? generic.GetGenericArguments() : null;
        Type[]? ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : null;
        for (int at = 0; at + 4 < code.Length; at++)
        {
            // call, callvirt, newobj: what they name stands in the four bytes behind them.
            if (code[at] is not (0x28 or 0x6F or 0x73)) continue;
            int token = BitConverter.ToInt32(code, at + 1);
            if (token >> 24 is not (0x06 or 0x0A or 0x2B)) continue;
            MethodBase? called;
            try
            {
                called = method.Module.ResolveMethod(token, ofType, ofMethod);
            }
            catch (ArgumentException)
            {
                // Not an instruction after all, but four bytes inside one.
                continue;
            }

            yield return called?.DeclaringType;
        }
    }

    private static IEnumerable<Type> Parts(Type type)
    {
        if (type.HasElementType) return Parts(type.GetElementType()!);
        return type.IsGenericType ? type.GetGenericArguments().SelectMany(Parts).Append(type) : [type];
    }

    private static IEnumerable<string> Files() => new[] { "generator", "src", "samples", "benchmarks", "tests" }
        .Select(folder => Path.Combine(Root, folder)).Where(Directory.Exists)
        .SelectMany(folder => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories))
        .Where(f => !f.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin"))
        .Order(StringComparer.Ordinal);

    private static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "LossGen.sln"))) folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException("LossGen.sln is in no folder above the tests.");
    }
}
