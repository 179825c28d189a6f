using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace LossGen.Generator.Reading;

/// <summary>
/// Looks up the names in the formula of a loss that comes from a referenced assembly. Its usings are not in the metadata, so what its
/// containing types and namespaces do not answer is looked for in its whole assembly.
/// </summary>
internal static class MetadataScope
{
    public static IEnumerable<IMethodSymbol> Lookup(Compilation compilation, IMethodSymbol caller, string name)
    {
        string[] parts = name.Split('.');
        string method = parts[parts.Length - 1];
        if (parts.Length > 1) return FindType(compilation, caller, parts)?.GetMembers(method).OfType<IMethodSymbol>() ?? [];
        for (INamedTypeSymbol? type = caller.ContainingType; type is not null; type = type.ContainingType)
        {
            ImmutableArray<ISymbol> members = type.GetMembers(method);
            if (!members.IsEmpty) return members.OfType<IMethodSymbol>();
        }

        return [];
    }

    private static INamedTypeSymbol? FindType(Compilation compilation, IMethodSymbol caller, string[] parts)
    {
        for (INamedTypeSymbol? type = caller.ContainingType; type is not null; type = type.ContainingType)
        {
            if (type.Name == parts[0] && Descend(type, parts, 1) is { } itself) return itself;
            if (Descend(type, parts, 0) is { } nested) return nested;
        }

        for (INamespaceSymbol? scope = caller.ContainingNamespace; scope is not null; scope = scope.ContainingNamespace)
        {
            INamespaceSymbol merged = compilation.GetCompilationNamespace(scope) ?? scope;
            if (Descend(merged, parts, 0) is { } found) return found;
        }

        return caller.ContainingAssembly.TypeNames.Contains(parts[0]) ? Search(caller.ContainingAssembly.GlobalNamespace, parts) : null;
    }

    // The last part is the method.
    private static INamedTypeSymbol? Descend(INamespaceOrTypeSymbol scope, string[] parts, int index)
    {
        if (index == parts.Length - 1) return scope as INamedTypeSymbol;
        foreach (INamedTypeSymbol type in scope.GetTypeMembers(parts[index], 0))
            if (Descend(type, parts, index + 1) is { } found) return found;
        INamespaceSymbol? inner = (scope as INamespaceSymbol)?.GetNamespaceMembers().FirstOrDefault(n => n.Name == parts[index]);
        return inner is null ? null : Descend(inner, parts, index + 1);
    }

    private static INamedTypeSymbol? Search(INamespaceSymbol scope, string[] parts)
    {
        if (Descend(scope, parts, 0) is { } found) return found;
        foreach (INamespaceSymbol inner in scope.GetNamespaceMembers())
            if (Search(inner, parts) is { } deeper) return deeper;
        return null;
    }
}
