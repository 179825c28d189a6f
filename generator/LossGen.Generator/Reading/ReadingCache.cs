using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LossGen.Generator.Reading;

/// <summary>
/// Readings of declarations, each kept for as long as nothing that it was read from has changed: the driver asks for all of them after
/// every edit, and reading binds types and attributes anew. Nothing here keeps a compilation or a declaration alive.
/// </summary>
internal sealed class ReadingCache
{
    private readonly ConditionalWeakTable<SyntaxNode, Entry> _entries = new();
    private readonly ConditionalWeakTable<Compilation, DeclarationSurface> _surfaces = new();

    /// <summary>What <see cref="LossReader"/> reads of a method; null for a method without <c>[Loss]</c>.</summary>
    public LossReading? Read(MethodDeclarationSyntax declaration, SemanticModel model, CancellationToken cancellationToken)
    {
        Compilation compilation = model.Compilation;
        DeclarationSurface surface = _surfaces.GetValue(compilation, static c => new((CSharpCompilation)c));
        Entry entry = _entries.GetValue(declaration, static _ => new());
        if (entry.Known is not { } known || !surface.Holds(known.Reading, known.Surface, cancellationToken))
            known = new(surface, Read(declaration, model, compilation, cancellationToken));
        else if (known.Surface != surface)
            known = new(surface, known.Reading);
        entry.Known = known;
        return known.Reading;
    }

    private static LossReading? Read(MethodDeclarationSyntax declaration, SemanticModel model, Compilation compilation, CancellationToken cancellationToken) =>
        model.GetDeclaredSymbol(declaration, cancellationToken) is { } method ? LossReader.Read(method, declaration, compilation, cancellationToken) : null;

    /// <summary>A reading and the last compilation that it was right for.</summary>
    private sealed record Known(DeclarationSurface Surface, LossReading? Reading);

    private sealed class Entry
    {
        private volatile Known? _known;

        public Known? Known
        {
            get => _known;
            set => _known = value;
        }
    }
}
