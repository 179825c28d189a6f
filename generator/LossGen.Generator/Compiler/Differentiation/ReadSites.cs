using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Differentiation;

/// <summary>
/// Maps the adjoint of one read <c>T[index, …]</c> back to T's own storage axes: a plain axis stays, a picked or gathered position
/// becomes a condition <c>axis == index</c>, and what the read repeats over is summed.
/// </summary>
internal static class ReadSites
{
    public static Node Map(Graph graph, Node read, Node adjoint)
    {
        TensorParameter tensor = read.Tensor;
        AxisSet plain = AxisSet.Empty;
        var gathered = new List<(Axis Axis, Node Index)>();
        for (int k = 0; k < tensor.Axes.Length; k++)
        {
            Axis axis = tensor.Axes[k];
            if (read[k].Is(Ops.Affine) && ReferenceEquals(read[k].Affine.PlainAxis, axis)) plain |= AxisSet.Of(axis);
            else gathered.Add((axis, read[k]));
        }

        if (gathered.Count == 0) return adjoint;

        // Axes that the read runs over beyond T's own are summed; one with the name of a gathered axis is another axis: rename it.
        AxisSet own = AxisSet.Of(tensor.Axes);
        AxisSet repeated = (read.Axes | adjoint.Axes) - plain;
        var renamed = new Dictionary<Axis, Node>();
        foreach (Axis axis in graph.AxesOf(repeated & own)) renamed[axis] = graph.Position(graph.NewAxis(axis.Name + "'", axis.Size, isLocal: true));
        AxisSet summed = repeated - own;
        foreach (Node position in renamed.Values) summed |= position.Axes;

        Node value = renamed.Count == 0 ? adjoint : Substitution.Apply(graph, adjoint, renamed);
        Node? condition = null;
        foreach ((Axis axis, Node index) in gathered)
        {
            Node moved = renamed.Count == 0 ? index : Substitution.Apply(graph, index, renamed);
            Node hit = graph.Compare(Ops.Equal, graph.Position(axis), moved);
            condition = condition is null ? hit : graph.And(condition, hit);
        }

        return graph.Sum(summed, graph.Select(condition!, value, graph.Zero));
    }
}
