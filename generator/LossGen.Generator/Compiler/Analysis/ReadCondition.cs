using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Analysis;

/// <summary>What a read demands of the positions at which it happens: the form is at least 0 wherever the guards hold.</summary>
/// <param name="Form">An integer that speaks of one axis' position or more.</param>
/// <param name="Guards">The conditions under which the read counts, without ranges.</param>
internal sealed record ReadCondition(AffineForm Form, Demand Guards)
{
    public bool IsGuarded => !Guards.Conditions.IsEmpty;

    /// <summary>The condition as a truth node: not guarded, or in range.</summary>
    public Node ToTruth(Graph graph)
    {
        Node inRange = RangeGuards.AtLeastZero(graph, Form);
        return Guards.Guard(graph) is { } guard ? graph.Or(graph.Not(guard), inRange) : inRange;
    }

    public bool Equals(ReadCondition? other) =>
        other is not null && Form.Equals(other.Form) && Guards.Conditions.SequenceEqual(other.Guards.Conditions);

    public override int GetHashCode() => Form.GetHashCode();
}
