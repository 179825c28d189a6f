using System.Collections.Immutable;
using LossGen.Compiler.Diagnostics;
using LossGen.Compiler.Ir;
using LossGen.Compiler.Model;
using LossGen.Compiler.Syntax;

namespace LossGen.Compiler.Binding;

/// <summary>
/// Binds one formula: a loss' own, or that of a loss it calls. Statements are here, the other files bind expressions.
/// A value that is in error has been reported and is null; everything above it stays silent.
/// </summary>
internal sealed partial class FormulaBinder
{
    private readonly BindingContext _context;
    private readonly LossSignature _signature;
    private readonly ProblemList _problems;
    private readonly FormulaBinder? _caller;
    private readonly Graph _graph;
    private readonly Dictionary<string, BindingSyntax> _bindings = new(StringComparer.Ordinal);
    private readonly List<(string Name, TextSpan Span, ScopeEntry Entry)> _introduced = new();
    private readonly HashSet<string> _refused = new(StringComparer.Ordinal);
    private readonly List<(string Name, TextSpan Span)> _declared = new();
    private readonly HashSet<string> _unknown = new(StringComparer.Ordinal);
    private readonly ReductionTerms _terms;
    private ImmutableDictionary<string, ScopeEntry> _names;

    public FormulaBinder(
        BindingContext context, LossSignature signature, ImmutableDictionary<string, ScopeEntry> names, ProblemList problems, FormulaBinder? caller)
    {
        _context = context;
        _signature = signature;
        _names = names;
        _problems = problems;
        _caller = caller;
        _graph = context.Graph;
        _terms = context.Terms;
    }

    /// <summary>The statements that bind a value, by name.</summary>
    public IReadOnlyDictionary<string, BindingSyntax> Bindings => _bindings;

    /// <summary>The first name that the user gave to each value that is computed.</summary>
    public ImmutableDictionary<Node, string>.Builder ValueNames { get; } = ImmutableDictionary.CreateBuilder<Node, string>();

    /// <summary>The characters that each value was first bound from; what an expanded loss computes inside has none.</summary>
    public ImmutableDictionary<Node, TextSpan>.Builder Places { get; } = ImmutableDictionary.CreateBuilder<Node, TextSpan>();

    /// <summary>Whether a statement could not even be read, so that a name may be missing without fault.</summary>
    public bool HasUnreadStatements { get; private set; }

    /// <summary>Why a call in an expanded formula failed; the outermost caller reports it.</summary>
    public ExpansionFailure? Failure { get; private set; }

    public Node? BindFormula(FormulaSyntax formula)
    {
        HasUnreadStatements = formula.Statements.Any(s => s is ErrorStatementSyntax);
        _declared.AddRange(formula.Statements.SelectMany(DeclaredBy));
        foreach (StatementSyntax statement in formula.Statements)
        {
            if (_caller is null) _context.Current = (_context.Spec.MethodName, statement.Span);
            BindStatement(statement);
        }

        if (_caller is null) _context.Current = (_context.Spec.MethodName, formula.Result.Span);
        return BindWhole(formula.Result);
    }

    public Node? ValueOf(string name) => _names.TryGetValue(name, out ScopeEntry? entry) ? (entry as ValueEntry)?.Value : null;

    /// <summary>Whether a statement wanted the name for something that it cannot be; that is reported.</summary>
    public bool IsRefused(string name) => _refused.Contains(name);

    public void MarkUsed(string name)
    {
        if (_names.TryGetValue(name, out ScopeEntry? entry)) entry.IsUsed = true;
    }

    /// <summary>Warns about names that nothing uses.</summary>
    public void ReportUnused()
    {
        foreach ((string name, TextSpan span, ScopeEntry entry) in _introduced)
        {
            if (entry.IsUsed) continue;
            string type = _signature.RealType == ElementType.Double ? "double" : "float";
            _problems.Report(DiagnosticTable.UnusedBinding, span, name, entry is ValueEntry ? $", or return it through 'out {type} {name}'" : "");
        }
    }

    public string TextOf(TextSpan span) => Wording.Quote(_signature.Formula.Substring(span.Start, span.Length));

    public string DescribeAxes(Node value) => Wording.Axes(_graph.AxesOf(_context.VisibleAxes(value)).Select(a => a.Name).ToList());

    private void BindStatement(StatementSyntax statement)
    {
        switch (statement)
        {
            case BindingSyntax binding:
                BindBinding(binding);
                break;
            case FunctionSyntax function:
                BindFunction(function);
                break;
            case StatesSyntax states:
                BindStates(states);
                break;
            case LocalAxisSyntax axis:
                BindLocalAxis(axis);
                break;
        }
    }

    private static IEnumerable<(string Name, TextSpan Span)> DeclaredBy(StatementSyntax statement) => statement switch
    {
        BindingSyntax binding => [(binding.Name, binding.Span)],
        FunctionSyntax function => [(function.Name, function.Span)],
        StatesSyntax states => states.Names.Select(n => (n.Name, states.Span)),
        LocalAxisSyntax axis => [(axis.Name, axis.Span)],
        _ => [],
    };

    /// <summary>What a message adds of a name that a later statement declares; null of any other.</summary>
    private string? ComesLater(string name, TextSpan use) =>
        _declared.Any(d => d.Name == name && d.Span.Start > use.Start) ? "; the statement that declares it stands below, so move it up" : null;

    private void BindBinding(BindingSyntax binding)
    {
        Node? value = BindWhole(binding.Value);
        if (!Introduce(binding.Name, binding.NameSpan, new ValueEntry("a binding", value))) return;
        _bindings[binding.Name] = binding;
        if (value is not null && !value.Arguments.IsEmpty && !value.Is(Ops.Load) && !ValueNames.ContainsKey(value)) ValueNames.Add(value, binding.Name);
    }

    private void BindFunction(FunctionSyntax function)
    {
        bool isErroneous = !CheckFunction(function);
        if (BuiltInFunctions.Contains(function.Name))
        {
            _problems.Report(DiagnosticTable.ReservedName, function.NameSpan, function.Name, "a built-in function", "a function");
            _refused.Add(function.Name);
            return;
        }

        // Calls of a function that could not take its name mean that function all the same.
        if (!Introduce(function.Name, function.NameSpan, new FunctionEntry(function, _names, isErroneous))) _refused.Add(function.Name);
    }

    /// <summary>Enters a name, unless it means something already. The name of a part is there for its binding.</summary>
    private bool Introduce(string name, TextSpan span, ScopeEntry entry)
    {
        if (name.Length == 0) return false;
        if (_names.TryGetValue(name, out ScopeEntry? earlier) && !(earlier is PartEntry && entry is ValueEntry))
        {
            _problems.Report(DiagnosticTable.NameAlreadyUsed, span, name, earlier.Kind);
            return false;
        }

        _names = _names.SetItem(name, entry);
        _introduced.Add((name, span, entry));
        return true;
    }

    private void ReportUnsupported(TextSpan span, string feature, string advice) =>
        _problems.Report(DiagnosticTable.NotSupportedYet, span, feature, advice);
}
