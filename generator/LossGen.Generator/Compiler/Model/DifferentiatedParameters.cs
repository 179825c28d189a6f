using System.Collections.Immutable;

namespace LossGen.Compiler.Model;

/// <summary>Which parameters a loss is differentiated by: the one place of this rule.</summary>
internal static class DifferentiatedParameters
{
    /// <summary>The marked parameters in declaration order; when none is marked, the first floating-point tensor.</summary>
    public static ImmutableArray<ParameterSpec> Differentiated(this LossSignature signature)
    {
        ImmutableArray<ParameterSpec> marked = signature.Parameters.Items.RemoveAll(p => !p.Differentiate || !CanCarryGradient(p));
        if (!marked.IsEmpty) return marked;

        // A mark on something without gradient has its own message; the default must not add a second meaning to it.
        if (signature.Parameters.Any(p => p.Differentiate)) return ImmutableArray<ParameterSpec>.Empty;
        ParameterSpec? first = signature.Parameters.FirstOrDefault(p => p.IsTensor && p.IsRealElement);
        return first is null ? ImmutableArray<ParameterSpec>.Empty : ImmutableArray.Create(first);
    }

    /// <summary>Real tensors, and real scalars that are not storage types.</summary>
    public static bool CanCarryGradient(this ParameterSpec parameter) =>
        parameter.OtherDeclaration is null
        && ((parameter.IsTensor && parameter.IsRealElement)
            || (parameter.Role == ParameterRole.Scalar && parameter.Element is (ElementType.Single or ElementType.Double)));
}
