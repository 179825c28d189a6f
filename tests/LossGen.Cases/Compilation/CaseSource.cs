using LossGen.Compiler.Model;

namespace LossGen.Cases.Compilation;

/// <summary>The user's file of one case, with adapters that take pointers, so that arguments may lie anywhere.</summary>
internal static class CaseSource
{
    public const string LossMethod = "Loss";

    public static string Write(LossCase loss, ElementType real, string className)
    {
        string value = loss.Result is null ? "double value = " : "const double value = 0; ";
        string parts = string.Concat(loss.Parts.Select((p, i) => $"        parts[{i}] = {p.Name};\n"));
        string adapters = DerivativeAdapter(loss, real, value, parts, "Gradient") + (loss.HasCurvature ? DerivativeAdapter(loss, real, value, parts, "Gradient", "Curvature") : "");
        return $$"""
            using System;
            using LossGen;
            #pragma warning disable CS1591
            public static unsafe partial class {{className}}
            {
                {{Declaration(loss, real)}}

                public static double CallValue(nint[] tensors, int[] lengths, nint[][] shapes, nint result, int resultLength, double[] scalars, long[] integers, double[] parts)
                {
                    {{value}}{{LossMethod}}({{string.Join(", ", loss.Parameters.Select(p => Argument(loss, p, real)))}});
            {{parts}}        return value;
                }

            {{adapters}}}
            """.Replace("\r\n", "\n");
    }

    /// <summary>A call of the method named by the last kind of derivative, with all of one kind behind all of another.</summary>
    private static string DerivativeAdapter(LossCase loss, ElementType real, string value, string parts, params string[] kinds)
    {
        string scalars = string.Concat(kinds.Index().SelectMany(kind => loss.Differentiated.Index().Where(p => !p.Item.IsTensor)
            .Select(p => $"        scalarGradients[{(kind.Index * loss.Differentiated.Length) + p.Index}] = {p.Item.Name}{kind.Item};\n")));
        return $$"""
                public static double Call{{kinds[^1]}}(
                    nint[] tensors, int[] lengths, nint[][] shapes, nint result, int resultLength, nint[] gradients, int[] gradientLengths, nint[][] gradientShapes, double[] scalarGradients, double[] scalars, long[] integers, double[] parts,
                    double upstream, nint upstreams, int upstreamsLength)
                {
                    {{value}}{{LossMethod}}{{kinds[^1]}}({{string.Join(", ", DerivativeArguments(loss, real, kinds))}});
            {{parts}}{{scalars}}        return value;
                }

            """;
    }

    /// <summary>The loss as a user writes it, with the losses that it calls.</summary>
    public static string Declaration(LossCase loss, ElementType real) => $$"""
        [Loss({{Literal(loss.Formula)}}{{(loss.HasCurvature ? ", Curvature = true" : "")}})]
        public static partial {{(loss.Result is null ? CSharpName(real) : "void")}} {{LossMethod}}({{string.Join(", ", loss.Parameters.Select(p => p.Declaration(real)))}});

        {{loss.Members.Replace("real", CSharpName(real))}}
        """;

    private static string CSharpName(ElementType real) => real == ElementType.Single ? "float" : "double";

    private static IEnumerable<string> DerivativeArguments(LossCase loss, ElementType real, string[] kinds)
    {
        foreach (CaseParameter span in loss.Parameters.Where(p => p.Axes is not null)) yield return Argument(loss, span, real);
        foreach ((int index, (string kind, CaseParameter parameter)) in kinds.SelectMany(kind => loss.Differentiated.Select(p => (kind, p))).Index())
        {
            string type = parameter.CSharpType(real);
            yield return parameter.IsTensorSpan ? TensorSpan("TensorSpan", type, parameter, "gradients", "gradientLengths", "gradientShapes", index)
                : parameter.IsTensor ? $"new Span<{type}>((void*)gradients[{index}], gradientLengths[{index}])"
                : $"out {type} {parameter.Name}{kind}";
        }

        foreach (CaseParameter parameter in loss.Parameters.Where(p => p.Axes is null)) yield return Argument(loss, parameter, real);
        yield return loss.Result is not null ? $"new ReadOnlySpan<{(real == ElementType.Single ? "float" : "double")}>((void*)upstreams, upstreamsLength)"
            : real == ElementType.Single ? "(float)upstream" : "upstream";
    }

    private static string Argument(LossCase loss, CaseParameter parameter, ElementType real)
    {
        string type = parameter.CSharpType(real);
        if (parameter.IsPart) return $"out {type} {parameter.Name}";
        if (parameter.IsResult) return $"new Span<{type}>((void*)result, resultLength)";
        if (parameter.IsTensor)
        {
            int index = Array.IndexOf(loss.Tensors.ToArray(), parameter);
            return parameter.IsTensorSpan ? TensorSpan("ReadOnlyTensorSpan", type, parameter, "tensors", "lengths", "shapes", index)
                : $"new ReadOnlySpan<{type}>((void*)tensors[{index}], lengths[{index}])";
        }

        int scalar = Array.IndexOf(loss.Scalars.Where(p => p.IsReal == parameter.IsReal).ToArray(), parameter);
        return parameter.IsReal ? $"({type})scalars[{scalar}]" : type == "bool" ? $"integers[{scalar}] != 0" : $"({type})integers[{scalar}]";
    }

    private static string TensorSpan(string kind, string type, CaseParameter parameter, string addresses, string lengths, string shapes, int index)
    {
        int rank = parameter.AxisList.Length;
        return $"new System.Numerics.Tensors.{kind}<{type}>(({type}*){addresses}[{index}], {lengths}[{index}], {shapes}[{index}].AsSpan(0, {rank}), {shapes}[{index}].AsSpan({rank}))";
    }

    private static string Literal(string formula) => "@\"" + formula.Replace("\"", "\"\"") + "\"";
}
