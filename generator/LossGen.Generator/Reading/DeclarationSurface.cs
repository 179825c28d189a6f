using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LossGen.Generator.Reading;

/// <summary>All of a compilation that a reading can depend on: its files, references and options.</summary>
internal sealed class DeclarationSurface(CSharpCompilation compilation)
{
    private readonly ImmutableArray<SyntaxTree> _trees = compilation.SyntaxTrees;
    private readonly ImmutableArray<MetadataReference> _references = compilation.ExternalReferences;
    private readonly CSharpCompilationOptions _options = compilation.Options;
    private readonly string? _name = compilation.AssemblyName;

    // Compared once with the compilation before, not once for each declaration.
    private readonly ConditionalWeakTable<DeclarationSurface, EditedFiles> _edits = new();

    /// <summary>Whether a reading of an unchanged declaration, right for another compilation, is right for this one.</summary>
    public bool Holds(LossReading? reading, DeclarationSurface other, CancellationToken cancellationToken)
    {
        if (other == this) return true;
        if (!_edits.TryGetValue(other, out EditedFiles edited))
            edited = _edits.GetValue(other, o => new(EditsSince(o, cancellationToken)));
        if (edited.Paths is not { } paths) return false;
        if (reading is null) return true;
        foreach (string path in paths)
            if (reading.Files.Contains(path)) return false;
        return true;
    }

    // Null where something has changed that names may mean something else by.
    private ImmutableArray<string>? EditsSince(DeclarationSurface before, CancellationToken cancellationToken)
    {
        if (_name != before._name || _trees.Length != before._trees.Length || !_options.Equals(before._options)
            || !_references.SequenceEqual(before._references))
            return null;
        ImmutableArray<string>.Builder paths = ImmutableArray.CreateBuilder<string>();
        for (int i = 0; i < _trees.Length; i++)
        {
            if (_trees[i] == before._trees[i]) continue;
            if (!DeclaredNames.AreSame(before._trees[i], _trees[i], cancellationToken)) return null;
            paths.Add(_trees[i].FilePath);
        }

        return paths.ToImmutable();
    }

    private sealed record EditedFiles(ImmutableArray<string>? Paths);
}
