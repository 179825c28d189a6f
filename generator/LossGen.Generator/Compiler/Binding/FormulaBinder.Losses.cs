using System.Collections.Immutable;
using LossGen.Compiler.Diagnostics;
using LossGen.Compiler.Ir;
using LossGen.Compiler.Model;
using LossGen.Compiler.Syntax;

namespace LossGen.Compiler.Binding;

/// <content>Calls of losses: which one is meant, and its expansion with the arguments in place of its parameters.</content>
internal sealed partial class FormulaBinder
{
    private LossCall? LossCallOf(string name) => _signature.Calls.FirstOrDefault(c => c.Name == name && c.Candidates.Count > 0);

    private Node? BindLossCall(CallSyntax call, LossCall loss)
    {
        if (BindArguments(call) is not { } arguments) return null;
        List<LossCandidate> candidates = loss.Candidates.Select(index => new LossCandidate(_context.Spec.Callees[index])).ToList();
        if (ChooseLoss(call, candidates, arguments) is not { } candidate) return null;
        if (IsCircle(call, candidate.Signature)) return null;
        ParsedFormula parsed = _context.Parse(candidate.Signature.Formula);
        if (candidate.HasErrors || parsed.HasErrors)
        {
            Fail(call, Invalid(candidate.Signature));
            return null;
        }

        if (new LossArguments(this, call, candidate).Bind(arguments) is not { } names) return null;
        return Blaming(call, () => Expand(call, candidate, parsed.Formula, names));
    }

    private Node? Expand(CallSyntax call, LossCandidate candidate, FormulaSyntax formula, ImmutableDictionary<string, ScopeEntry> names)
    {
        LossSignature callee = candidate.Signature;
        var problems = new ProblemList();
        var binder = new FormulaBinder(_context, callee, names, problems, caller: this);
        Node? value = binder.BindFormula(formula);
        if (value is not null && HasResultAxes(candidate, _context.VisibleAxes(value), names) && !problems.HasErrors && binder.Failure is null) return binder.ToReal(value);

        // What the callee says about itself is said at its own declaration; only what this version lacks may depend on the arguments.
        LossProblem? lacking = problems.All.FirstOrDefault(p => p.Row == DiagnosticTable.NotSupportedYet);
        Fail(call, binder.Failure ?? (lacking is null ? Invalid(callee) : new ExpansionFailure(lacking.Row, lacking.Arguments.Items)));
        return null;
    }

    /// <summary>
    /// Whether a callee's value has the axes that its result span declares, as they are called here; an axis that stands for any number
    /// of the caller's may come with some of them only.
    /// </summary>
    private static bool HasResultAxes(LossCandidate callee, AxisSet axes, ImmutableDictionary<string, ScopeEntry> names)
    {
        if (callee.ResultSpan is not { } result) return axes.IsEmpty;
        AxisSet least = AxisSet.Empty, most = AxisSet.Empty;
        foreach (AxisEntry axis in callee.Axes.OfParameter(result).Select(name => (AxisEntry)names[name]))
        {
            most |= axis.Set;
            if (!axis.StandsForAny) least |= axis.Set;
        }

        return least.IsSubsetOf(axes) && axes.IsSubsetOf(most);
    }

    private LossCandidate? ChooseLoss(CallSyntax call, List<LossCandidate> candidates, Node[] arguments)
    {
        List<LossCandidate> fitting = candidates.Where(c => c.Accepts(arguments)).ToList();
        // One of them to complain about: the one nearest in number, whose conversion then says what is wrong.
        if (fitting.Count == 0) return NearestMisfit(call, candidates, arguments);
        List<LossCandidate> exact = fitting.Where(c => c.Matches(arguments)).ToList();
        List<LossCandidate> best = exact.Count > 0 && fitting.Select(c => c.Identity).Distinct().Count() > 1 ? exact : fitting;
        if (best.Select(c => c.Identity).Distinct().Count() == 1) return best.FirstOrDefault(c => c.Matches(arguments)) ?? best[0];

        string kinds = string.Join(", ", arguments.Select(a => a.Type.ToString().ToLowerInvariant()));
        Report(
            call.NameSpan, DiagnosticTable.AmbiguousLossCall, call.Name, $"{Wording.Arguments(arguments.Length)} ({kinds})",
            string.Join(", ", best.Select(c => c.DeclarationText)));
        return null;
    }

    private LossCandidate? NearestMisfit(CallSyntax call, List<LossCandidate> candidates, Node[] arguments)
    {
        LossCandidate? byCount = candidates.FirstOrDefault(c => c.AcceptsCount(arguments.Length));
        if (byCount is not null) return byCount;
        LossCandidate first = candidates[0];
        ReportArgumentCount(call, Wording.Arguments(first.Required, first.Passed.Length), first.CallText(call.Name));
        return null;
    }

    /// <summary>Whether the callee is already being expanded; that is reported with the whole circle.</summary>
    private bool IsCircle(CallSyntax call, LossSignature callee)
    {
        var chain = new List<string> { callee.Name };
        for (FormulaBinder? binder = this; binder is not null; binder = binder._caller)
        {
            chain.Insert(0, binder._signature.Name);
            if (!binder._signature.Equals(callee)) continue;
            Fail(call, new ExpansionFailure(DiagnosticTable.RecursiveLoss, ImmutableArray.Create(callee.Name, string.Join(" -> ", chain))));
            return true;
        }

        return false;
    }

    /// <summary>Reports what makes an expansion impossible at the call in the loss' own formula, however deep it was found.</summary>
    private void Fail(CallSyntax call, ExpansionFailure failure)
    {
        Failure ??= failure;
        TextSpan span = failure.Row == DiagnosticTable.RecursiveLoss ? call.Span : call.NameSpan;
        if (_caller is null) Report(span, failure.Row, failure.Arguments.ToArray());
    }

    private void Report(TextSpan span, DiagnosticRow row, params string[] arguments) => _problems.Report(row, span, arguments);

    private static ExpansionFailure Invalid(LossSignature callee) =>
        new(DiagnosticTable.CalleeInvalid, ImmutableArray.Create(callee.Name));

    /// <summary>Matches arguments with a callee's parameters, and the callee's axes with the caller's.</summary>
    private sealed class LossArguments(FormulaBinder caller, CallSyntax call, LossCandidate callee)
    {
        private readonly Graph _graph = caller._graph;
        private readonly Dictionary<string, AxisEntry> _axes = new(StringComparer.Ordinal);
        private bool _isSound = true;

        /// <summary>What the callee's names mean; null when something does not fit.</summary>
        public ImmutableDictionary<string, ScopeEntry>? Bind(Node[] arguments)
        {
            ImmutableDictionary<string, ScopeEntry>.Builder names = ImmutableDictionary.CreateBuilder<string, ScopeEntry>(StringComparer.Ordinal);
            ReadBracket();
            AxisSet any = AxisSet.Empty;
            for (int i = 0; i < callee.Passed.Length; i++)
            {
                ParameterSpec parameter = callee.Passed[i];
                Node? value = i < arguments.Length ? Convert(parameter, arguments[i], call.Arguments[i]) : Default(parameter);
                if (value is null) _isSound = false;
                names[parameter.Name] = new ValueEntry("a parameter", value);
                if (value is null || i >= arguments.Length || !_isSound) continue;
                if (parameter.IsTensor && parameter.Axes is null) any |= caller._context.VisibleAxes(value);
                else CheckAxes(parameter, value, call.Arguments[i]);
            }

            if (!_isSound) return null;
            foreach (DeclaredAxis axis in callee.Axes.Axes) names[axis.Name] = EntryOf(axis.Name, any);
            foreach (DeclaredAxis axis in callee.Axes.Axes) CheckSize(axis, names);
            if (callee.ResultSpan is { } result) CheckResultAxes(result, names);
            foreach (ParameterSpec part in callee.Signature.Parameters.Where(p => p.Role == ParameterRole.Part)) names[part.Name] = new PartEntry();
            if (callee.ResultSpan is { } span) names[span.Name] = new ResultEntry();
            return _isSound ? names.ToImmutable() : null;
        }

        /// <summary>The axes that a call may rename: those of an [Axes], not the one that stands for any.</summary>
        private List<string> Nameable => callee.Signature.Parameters
            .Where(p => (p.IsTensor || p.Role == ParameterRole.Result) && p.Axes is not null).SelectMany(p => callee.Axes.OfParameter(p)).Distinct().ToList();

        private void ReadBracket()
        {
            foreach (AxisArgumentSyntax argument in call.Axes)
            {
                if (argument.Reversed)
                {
                    Refuse(argument.Span, DiagnosticTable.ReversedAxisNotAllowed, argument.Name, call.Name);
                }
                else if (!Nameable.Contains(argument.Name))
                {
                    string known = Nameable.Count == 0 ? "none" : string.Join(", ", Nameable);
                    Refuse(argument.NameSpan, DiagnosticTable.UnknownAxis, argument.Name, callee.Signature.Name, known, "");
                }
                else if (_axes.ContainsKey(argument.Name))
                {
                    Refuse(argument.NameSpan, DiagnosticTable.AxisUsedTwice, argument.Name, caller.BracketOf(call));
                }
                else if (caller.AxisNamed(argument.CallerName ?? argument.Name, argument.CallerSpan) is { } axis)
                {
                    if (_axes.Values.Any(a => a.Set.Overlaps(axis.Set)))
                        Refuse(argument.CallerSpan, DiagnosticTable.AxisUsedTwice, argument.CallerName ?? argument.Name, caller.BracketOf(call));
                    _axes[argument.Name] = axis;
                }
                else
                {
                    _isSound = false;
                }
            }
        }

        private Node? Convert(ParameterSpec parameter, Node argument, ExpressionSyntax syntax)
        {
            string place = $"as argument '{parameter.Name}' of '{call.Name}'";
            return LossCandidate.KindOf(parameter) switch
            {
                Ir.ValueType.Real => caller.ToReal(argument),
                Ir.ValueType.Truth => caller.ToTruth(argument, syntax, place),
                _ when argument.Type == Ir.ValueType.Truth => _graph.Select(argument, _graph.Integer(1), _graph.Integer(0)),
                _ => caller.ToInteger(argument, syntax, place),
            };
        }

        private Node Default(ParameterSpec parameter)
        {
            double value = parameter.Default ?? 0;
            return LossCandidate.KindOf(parameter) switch
            {
                Ir.ValueType.Real => _graph.Constant(value),
                Ir.ValueType.Truth => _graph.Truth(value != 0),
                _ => _graph.Integer((long)value),
            };
        }

        private AxisEntry? AxisOf(string name)
        {
            if (_axes.TryGetValue(name, out AxisEntry? mapped)) return mapped;
            return caller._names.TryGetValue(name, out ScopeEntry? entry) ? entry as AxisEntry : null;
        }

        private AxisEntry EntryOf(string name, AxisSet any)
        {
            bool isAny = callee.Signature.Parameters.Any(p => p.IsTensor && p.Axes is null) && name == DeclaredAxes.DefaultAxis;
            if (!isAny) return new AxisEntry(AxisOf(name)?.Axes ?? ImmutableArray<Axis>.Empty, standsForAny: AxisOf(name)?.StandsForAny ?? false);
            return new AxisEntry(_graph.AxesOf(any), standsForAny: true);
        }

        private void CheckAxes(ParameterSpec parameter, Node value, ExpressionSyntax syntax)
        {
            ImmutableArray<string> expected = parameter.IsTensor ? callee.Axes.OfParameter(parameter) : ImmutableArray<string>.Empty;
            List<AxisEntry?> entries = expected.Select(AxisOf).ToList();
            AxisSet set = AxisSet.Empty;
            foreach (AxisEntry? entry in entries) set |= entry?.Set ?? AxisSet.Empty;
            if (entries.All(e => e is not null) && set == caller._context.VisibleAxes(value)) return;

            List<string> given = _graph.AxesOf(caller._context.VisibleAxes(value)).Select(a => a.Name).ToList();
            var free = new Queue<string>(given.Where(g => !expected.Contains(g)));
            var mapping = expected.Where(e => !given.Contains(e)).Select(e => free.Count > 0 ? $"{e}: {free.Dequeue()}" : $"{e}: …").ToList();
            Refuse(
                syntax.Span, DiagnosticTable.CalleeAxesMismatch, parameter.Name, call.Name, Wording.Axes(given),
                Wording.Axes(expected.Select((e, i) => entries[i]?.Axes.Length == 1 ? entries[i]!.Axes[0].Name : e).ToList()),
                mapping.Count > 0 ? string.Join(", ", mapping) : "n: b");
        }

        // An axis of the result alone comes with no argument, so the caller must have one of that name or say which it is.
        private void CheckResultAxes(ParameterSpec result, ImmutableDictionary<string, ScopeEntry>.Builder names)
        {
            string? missing = callee.Axes.OfParameter(result).FirstOrDefault(name => names[name] is AxisEntry { IsErroneous: true });
            if (missing is null) return;
            Refuse(call.NameSpan, DiagnosticTable.CalleeAxesMismatch, result.Name, call.Name, $"no axis {missing}", $"axis {missing}", $"{missing}: …");
        }

        // A size that the callee's formula relies on must be known to hold here.
        private void CheckSize(DeclaredAxis axis, ImmutableDictionary<string, ScopeEntry>.Builder names)
        {
            if (axis.FixedSize is null && axis.SizeOf is null) return;
            if (names[axis.Name] is not AxisEntry { Axes.Length: 1 } entry) return;
            AffineForm size = entry.Axes[0].Size;
            AffineForm? wanted = axis.FixedSize is { } number ? AffineForm.Of(number)
                : names[axis.SizeOf!] is AxisEntry { Axes.Length: 1 } other ? other.Axes[0].Size : null;
            if (wanted is null || wanted.Equals(size)) return;
            ParameterSpec parameter = callee.Passed.First(p => p.IsTensor && callee.Axes.OfParameter(p).Contains(axis.Name));
            string name = entry.Axes[0].Name;
            Refuse(
                call.NameSpan, DiagnosticTable.CalleeAxesMismatch, parameter.Name, call.Name, $"axis {name} of size {size}",
                $"one of size {wanted}", $"{axis.Name}: …");
        }

        private void Refuse(TextSpan span, DiagnosticRow row, params string[] arguments)
        {
            _isSound = false;
            caller.Report(span, row, arguments);
        }
    }
}
