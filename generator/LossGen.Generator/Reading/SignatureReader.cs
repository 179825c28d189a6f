using System.Collections.Immutable;
using LossGen.Compiler.Binding;
using LossGen.Compiler.Model;
using Microsoft.CodeAnalysis;

namespace LossGen.Generator.Reading;

/// <summary>Reads a loss method's signature and formula from its symbol; works alike on source and on referenced assemblies.</summary>
internal static class SignatureReader
{
    /// <summary>The signature without its calls; parameters that the language does not know are kept as text.</summary>
    public static LossSignature Read(IMethodSymbol method, string formula, ProblemList problems)
    {
        ElementType real = RealType(method);
        ImmutableArray<ParameterSpec> parameters = [.. method.Parameters.Select(p => ParameterReader.Read(p, real, problems))];
        return new(QualifiedName(method), formula, real, parameters, EquatableArray<LossCall>.Empty);
    }

    /// <summary>How messages name a method: with its containing types, without its namespace.</summary>
    public static string QualifiedName(IMethodSymbol method)
    {
        string name = method.Name;
        for (INamedTypeSymbol? type = method.ContainingType; type is not null; type = type.ContainingType) name = type.Name + "." + name;
        return name;
    }

    private static ElementType RealType(IMethodSymbol method)
    {
        if (method.ReturnsVoid)
        {
            foreach (IParameterSymbol parameter in method.Parameters)
            {
                if (ElementTypes.OfSpan(parameter.Type) is (ParameterRole.Result, var element) && ElementTypes.OfReal(element) is { } real)
                    return real;
            }
        }

        return ElementTypes.OfReal(method.ReturnType) ?? ElementType.Single;
    }
}
