using System.Collections.Immutable;
using LossGen.Compiler.Diagnostics;
using LossGen.Compiler.Ir;
using LossGen.Compiler.Model;

namespace LossGen.Compiler.Binding;

/// <summary>Needs: a bound result. Gives: the parameters it is differentiated by, each of which its value must depend on smoothly somewhere.
/// A mark on something without gradient, or nothing to mark, is found when the declaration is read.</summary>
internal static class GradientCheck
{
    public static ImmutableArray<DifferentiatedParameter> Check(
        LossSignature signature, ParameterBinder parameters, Node result, ProblemList problems)
    {
        Reach reach = Reach.From(result);
        ImmutableArray<DifferentiatedParameter>.Builder found = ImmutableArray.CreateBuilder<DifferentiatedParameter>();
        foreach (ParameterSpec parameter in signature.Differentiated())
        {
            var differentiated = new DifferentiatedParameter(
                parameters.Tensors.FirstOrDefault(t => t.Name == parameter.Name), parameters.Scalars.FirstOrDefault(s => s.Name == parameter.Name));
            found.Add(differentiated);
            object leaf = (object?)differentiated.Tensor ?? differentiated.Scalar!;
            if (reach.Smooth.Contains(leaf)) continue;
            if (reach.Blocked.TryGetValue(leaf, out string? through))
                problems.ReportParameter(DiagnosticTable.GradientIdenticallyZero, parameter.Name, parameter.Name, through);
            else
                problems.ReportParameter(DiagnosticTable.DifferentiatedNotUsed, parameter.Name, parameter.Name);
        }

        return found.ToImmutable();
    }

    /// <summary>The parameters a value depends on: those that gradient reaches, and for the others what holds it up.</summary>
    private sealed class Reach
    {
        public HashSet<object> Smooth { get; } = new();

        public Dictionary<object, string> Blocked { get; } = new();

        public static Reach From(Node result)
        {
            var reach = new Reach();
            var edges = new Queue<(Node Node, string Through)>();
            var seen = new HashSet<Node>();
            var pending = new Stack<Node>();
            pending.Push(result);
            while (pending.Count > 0)
            {
                Node node = pending.Pop();
                if (!seen.Add(node)) continue;
                if (node.Is(Ops.Load) || node.Is(Ops.Parameter)) reach.Smooth.Add(node.Payload!);
                for (int i = 0; i < node.Arguments.Length; i++)
                {
                    if (Passes(node, i)) pending.Push(node[i]);
                    else edges.Enqueue((node[i], Name(node)));
                }
            }

            // Breadth first, so that what is named is near the result.
            while (edges.Count > 0)
            {
                (Node node, string through) = edges.Dequeue();
                if (!seen.Add(node)) continue;
                if (node.Payload is TensorParameter or ScalarParameter && !reach.Blocked.ContainsKey(node.Payload)) reach.Blocked.Add(node.Payload, through);
                foreach (Node argument in node.Arguments) edges.Enqueue((argument, through));
            }

            return reach;
        }

        private static bool Passes(Node node, int argument) =>
            node[argument].Type == Ir.ValueType.Real
            && (node.Op.Is(Ops.Reduce, Ops.At, Ops.Scan) || (node.Is(Ops.Select) ? argument > 0 : node.Op.Adjoint is not null));

        private static string Name(Node node) =>
            node.Is(Ops.Select) || (node.Type == Ir.ValueType.Truth && !node.Is(Ops.Load)) ? "a comparison"
            : node.Type == Ir.ValueType.Integer || node.Is(Ops.Load) || node.Is(Ops.ToReal) ? "an integer"
            : $"'{node.Op.Name}'";
    }
}
