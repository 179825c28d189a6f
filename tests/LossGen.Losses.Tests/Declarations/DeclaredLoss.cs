using System.Reflection;

namespace LossGen.Losses.Tests.Declarations;

/// <summary>One overload of a loss: the method, its gradient method and its program, found by reflection.</summary>
internal sealed class DeclaredLoss
{
    private DeclaredLoss(MethodInfo method)
    {
        Method = method;
        LossAttribute attribute = method.GetCustomAttribute<LossAttribute>()!;
        Parameters = method.GetParameters();
        Gradient = method.DeclaringType!.GetMethods().Single(IsGradient);
        Program = (LossProgram)method.DeclaringType.GetProperty(attribute.Program ?? method.Name + "Program")!.GetValue(null)!;
    }

    /// <summary>All of the catalogue, by class and name, overloads as declared.</summary>
    public static IReadOnlyList<DeclaredLoss> Catalogue { get; } = In(typeof(RegressionLosses).Assembly);

    /// <summary>All of <c>Papers</c>, in the same order.</summary>
    public static IReadOnlyList<DeclaredLoss> Papers { get; } = In(typeof(DeclaredLoss).Assembly);

    public MethodInfo Method { get; }

    public MethodInfo Gradient { get; }

    public ParameterInfo[] Parameters { get; }

    public LossProgram Program { get; }

    public Type Class => Method.DeclaringType!;

    public string Name => Method.Name;

    /// <summary>The span that receives a loss for each element; null where the method returns the loss.</summary>
    public ParameterInfo? Result => Parameters.SingleOrDefault(p => p.ParameterType.IsGenericType && p.ParameterType.GetGenericTypeDefinition() == typeof(Span<>));

    public bool IsDouble => (Result is null ? Method.ReturnType : ElementOf(Result.ParameterType)) == typeof(double);

    /// <summary>As a reader would write it: <c>Dice(ReadOnlySpan&lt;float&gt; probabilities, …)</c>.</summary>
    public override string ToString() => $"{Class.Name}.{Name}({string.Join(", ", Program.Parameters.Select(p => $"{p.Type} {p.Name}"))})";

    private static DeclaredLoss[] In(Assembly assembly) =>
    [
        .. assembly.GetExportedTypes().OrderBy(t => t.Name, StringComparer.Ordinal)
            .SelectMany(t => t.GetMethods().Where(m => m.IsDefined(typeof(LossAttribute))).OrderBy(m => m.MetadataToken))
            .Select(m => new DeclaredLoss(m)),
    ];

    /// <summary>Whether a span is read or written, and what its elements are; null for anything else.</summary>
    public static Type? ElementOf(Type type) =>
        type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(ReadOnlySpan<>) || type.GetGenericTypeDefinition() == typeof(Span<>)) ? type.GetGenericArguments()[0] : null;

    // Its first parameters are the loss' tensors; only one overload has these.
    private bool IsGradient(MethodInfo candidate)
    {
        if (candidate.Name != Method.Name + "Gradient" || candidate.ReturnType != Method.ReturnType) return false;
        Dictionary<string, Type> parameters = candidate.GetParameters().ToDictionary(p => p.Name!, p => p.ParameterType);
        return Parameters.All(p => parameters.TryGetValue(p.Name!, out Type? type) && type == p.ParameterType)
            && parameters.Keys.All(name => name == "upstream" || name.EndsWith("Gradient", StringComparison.Ordinal) || Parameters.Any(p => p.Name == name));
    }
}
