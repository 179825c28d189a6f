using System.Collections.Immutable;
using LossGen.Compiler.Binding;
using LossGen.Compiler.Model;
using LossGen.Compiler.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LossGen.Generator.Reading;

/// <summary>
/// Collects the losses that a formula calls, and those that they call, and so on: one level would not be enough, since an edit two
/// calls away would leave the caller cached.
/// </summary>
internal sealed class CalleeCollector(Compilation compilation, CancellationToken cancellationToken)
{
    private readonly Dictionary<IMethodSymbol, int> _indices = new(SymbolEqualityComparer.Default);
    private readonly List<LossSignature> _callees = [];

    /// <summary>Every loss reached so far, each once; calls refer to it by index.</summary>
    public EquatableArray<LossSignature> Callees => _callees.ToImmutableArray();

    /// <summary>The paths of the files that declare them; those of another assembly have none.</summary>
    public IEnumerable<string> Files => _indices.Keys.SelectMany(loss => loss.DeclaringSyntaxReferences).Select(reference => reference.SyntaxTree.FilePath);

    /// <summary>The calls of a formula, with every overload that each may mean.</summary>
    public EquatableArray<LossCall> Collect(IMethodSymbol caller, string formula)
    {
        ImmutableArray<LossCall>.Builder calls = ImmutableArray.CreateBuilder<LossCall>();
        foreach (CalledName called in LossCallFinder.Find(formula))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (BuiltInFunctions.Contains(called.Name)) continue;
            ImmutableArray<int> candidates = [.. Lookup(caller, called.Name).Where(IsLoss).Select(IndexOf).Distinct()];
            if (!candidates.IsEmpty) calls.Add(new(called.Name, candidates));
        }

        return calls.ToImmutable();
    }

    // By name alone: which of the overloads is meant is the binder's to say.
    private IEnumerable<IMethodSymbol> Lookup(IMethodSymbol caller, string name)
    {
        foreach (SyntaxReference reference in caller.DeclaringSyntaxReferences)
        {
            // A project reference in an editor shows the other project's trees, of which this compilation has no semantic model.
            if (!compilation.ContainsSyntaxTree(reference.SyntaxTree)) continue;
            if (reference.GetSyntax(cancellationToken) is not MethodDeclarationSyntax declaration) continue;
            return SourceScope.Lookup(compilation.GetSemanticModel(reference.SyntaxTree), declaration, name);
        }

        return MetadataScope.Lookup(compilation, caller, name);
    }

    private static bool IsLoss(IMethodSymbol method) => method.LossAttribute() is not null;

    private int IndexOf(IMethodSymbol method)
    {
        IMethodSymbol loss = (method.PartialDefinitionPart ?? method).OriginalDefinition;
        if (_indices.TryGetValue(loss, out int known)) return known;
        int index = _callees.Count;
        _indices.Add(loss, index);
        string formula = loss.LossAttribute()?.FirstText() ?? "";

        // The place is taken before the formula is followed, which ends a circle of calls. What is wrong with the signature is
        // reported at its own declaration.
        LossSignature signature = SignatureReader.Read(loss, formula, new ProblemList());
        _callees.Add(signature);
        _callees[index] = signature with { Calls = Collect(loss, formula) };
        return index;
    }
}
