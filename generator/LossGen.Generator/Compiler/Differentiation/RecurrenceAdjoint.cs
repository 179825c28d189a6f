using System.Collections.Immutable;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Differentiation;

/// <summary>
/// The adjoint of a recurrence, itself a recurrence in the other direction. With J(t) the derivative of the step at t by the state before,
/// λ[t] = g[t] + μ[t + 1] is the adjoint of the state and of its step, and μ[t] = J(t)ᵀ λ[t] what the step at t gives to the state before.
/// All of it speaks of the step's own values at t, which the forward recurrence has stored or kept.
/// </summary>
internal sealed class RecurrenceAdjoint
{
    private readonly Graph _graph;
    private readonly Recurrence _forward;
    private readonly Recurrence _backward;
    private readonly ImmutableArray<Node> _adjoints;
    private readonly List<(Node Read, Node Adjoint)> _before = new();

    /// <param name="graph">The graph.</param>
    /// <param name="forward">The recurrence.</param>
    /// <param name="around">The adjoints of the recurrences around it.</param>
    /// <param name="received">For each state what its readers give it: g.</param>
    /// <param name="isReadBefore">For each state whether a step reads it at the position before.</param>
    public RecurrenceAdjoint(Graph graph, Recurrence forward, IEnumerable<RecurrenceAdjoint> around, ImmutableArray<Node> received, ImmutableArray<bool> isReadBefore)
    {
        _graph = graph;
        _forward = forward;
        int count = received.Length;
        _backward = graph.NewRecurrence(forward.Axis, !forward.IsDescending, forward.States.Concat(forward.States), around.Select(a => a._backward));
        _adjoints = received
            .Select((g, k) => isReadBefore[k] ? graph.Add(g, graph.Step(_backward, graph.Zero, graph.Previous(new RecurrentState(_backward, count + k)))) : g)
            .ToImmutableArray();
    }

    /// <summary>λ, the adjoint of each state's step.</summary>
    public ImmutableArray<Node> Adjoints => _adjoints;

    /// <summary>Takes the adjoint of a read of the position before.</summary>
    public void Receive(Node previous, Node adjoint) => _before.Add((previous, adjoint));

    /// <summary>Makes the recurrence, when all reads of the position before have their adjoints.</summary>
    public void Complete()
    {
        IEnumerable<Node> carried = _forward.States.Select((axes, k) => _before
            .Where(b => b.Read.State.Index == k)
            .Select(b => ReadSites.Map(_graph, axes.Insert(0, _forward.Axis), b.Read.Arguments, b.Adjoint))
            .Aggregate(_graph.Zero, _graph.Add));
        _graph.Scan(_backward, _adjoints.Concat(carried).ToImmutableArray());
    }
}
