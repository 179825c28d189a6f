using System.Collections.Immutable;
using LossGen.Fuzz.Tests.Grammar;

namespace LossGen.Fuzz.Tests.Formulas;

/// <content>What terms end in: tensors, scalars, numbers, positions, names.</content>
internal sealed partial class TermMaker
{
    private const int MostParameters = 7;

    private Term Leaf(Kind kind, ImmutableSortedSet<string> axes)
    {
        if (random.Next(4) > 0 && OwnLeaf(kind, axes, Symbol.NoAxes) is { } own) return own;
        Symbol[] values = [.. scope.Values.Where(v => v.Kind.Fits(kind) && v.Axes.IsSubsetOf(axes))];
        if (values.Length > 0 && random.Next(3) == 0)
        {
            Symbol value = Any(values);
            return Term.Leaf(value is Binding ? Productions.Bound : Productions.ResultOfSeveral, value);
        }

        if (kind == Kind.Integer && random.Next(3) == 0) return IntegerLeaf(axes);
        return random.Next(axes.IsEmpty ? 2 : 10) == 0 ? Number(kind)
            : axes.IsEmpty || random.Next(8) == 0 ? Scalar(kind)
            : Tensor(kind, axes, Symbol.NoAxes);
    }

    /// <summary>A parameter of the function or a state of the recurrence around, with all of the needed axes.</summary>
    private Term? OwnLeaf(Kind kind, ImmutableSortedSet<string> axes, ImmutableSortedSet<string> needed)
    {
        Symbol[] mine = [.. (scope.Own ?? []).Where(p => p.Kind.Fits(kind) && p.Axes.IsSubsetOf(axes) && needed.IsSubsetOf(p.Axes))];
        if (mine.Length == 0) return null;
        Symbol own = Any(mine);
        return Term.Leaf(own is State ? Productions.StateBefore : Productions.OwnParameter, own);
    }

    private Term IntegerLeaf(ImmutableSortedSet<string> axes)
    {
        if (!axes.IsEmpty && random.Next(3) > 0)
        {
            string axis = Any(axes);
            return Term.Leaf(Productions.Position, new Literal(axis, Kind.Integer, axis));
        }

        return Term.Leaf(Productions.Size, new Literal($"size({Any(scope.Axes)})", Kind.Integer));
    }

    private Term Number(Kind kind)
    {
        string[] texts = kind switch
        {
            Kind.Real => ["0", "1", "-1.5", "0.1", "3", "100", "pi"],
            Kind.Bounded => ["0", "1", "-1", "0.3"],
            Kind.Positive => ["1", "2", "0.1", "1e-3"],
            Kind.Unit => ["0.5", "0.1", "0.99"],
            Kind.Integer => ["0", "1", "2", "-3"],
            _ => ["true", "false"],
        };
        return Term.Leaf(Productions.Number, new Literal(Any(texts), kind));
    }

    private Term Scalar(Kind kind)
    {
        Parameter[] known = [.. scope.Parameters.Where(p => p.Order is null && p.Kind.Fits(kind))];
        if (known.Length > 0 && random.Next(2) == 0) return Term.Leaf(Productions.Scalar, Any(known));
        if (scope.Parameters.Count >= MostParameters) return known.Length > 0 ? Term.Leaf(Productions.Scalar, Any(known)) : Number(kind);
        (string type, string[] values) = kind switch
        {
            Kind.Real => ("real", new[] { "= 0", "= -2.5", "= 0.75" }),
            Kind.Bounded => ("real", ["= 1.25", "= -0.5"]),
            Kind.Positive => ("real", ["= 0.5", "= 2"]),
            Kind.Unit => ("real", ["= 0.25", "= 0.9"]),
            Kind.Integer => (Any(["int", "long"]), ["= 0", "= 3", "= -2"]),
            _ => ("bool", ["= 0", "= 1"]),
        };
        return Term.Leaf(Productions.Scalar, Add(kind, null, type, Any(values)));
    }

    /// <summary>A tensor with some of the axes, all of the needed ones among them.</summary>
    private Term Tensor(Kind kind, ImmutableSortedSet<string> axes, ImmutableSortedSet<string> needed)
    {
        if (random.Next(3) == 0 && !needed.IsEmpty && OwnLeaf(kind, axes, needed) is { } own) return own;
        if (needed.Any(scope.IsLocal) || (axes.Any(scope.IsLocal) && (axes.All(scope.IsLocal) || random.Next(3) == 0))) return Walked(kind, axes, needed);
        axes = axes.Except(axes.Where(scope.IsLocal));
        bool Suits(Parameter p) => p.Order is not null && p.Kind.Fits(kind) && p.Axes.IsSubsetOf(axes) && needed.IsSubsetOf(p.Axes);
        Parameter[] known = [.. scope.Parameters.Where(Suits)];
        if (known.Length > 0 && (random.Next(5) > 0 || scope.Parameters.Count >= MostParameters)) return Term.Leaf(Productions.Tensor, Any(known));
        string real = random.Next(16) switch { 0 => "float", 1 => "double", 2 => "Half", _ => "real" };
        (string type, string[] values) = kind switch
        {
            Kind.Real => (real, new[] { ": -3..3", ": -3..3", ": -2..2 whole" }),
            Kind.Bounded => (real, [": -2..2"]),
            Kind.Positive => (real, [": 0.25..3"]),
            Kind.Unit => (real, [": 0.05..0.95"]),
            Kind.Integer => Any([("byte", new[] { ": 0..3" }), ("int", [": -9..9", ": -1..2"]), ("long", [": -9..9"])]),
            _ => ("bool", [": 0..1"]),
        };
        ImmutableSortedSet<string> all = needed.Union(random.Next(3) > 0 ? axes : Some(axes, atLeastOne: true));
        return Term.Leaf(Productions.Tensor, Add(kind, Order(all), type, Any(values)));
    }

    /// <summary>Positions along an axis, in an integer tensor over some axes.</summary>
    private Term? Index(string axis, ImmutableSortedSet<string> axes)
    {
        string values = $": 0..{axis}";
        axes = axes.Except(axes.Where(scope.IsLocal));
        Parameter[] known = [.. scope.Parameters.Where(p => p.Order is not null && p.Values == values && p.Axes.IsSubsetOf(axes))];
        if (known.Length > 0 && random.Next(3) > 0) return Term.Leaf(Productions.Tensor, Any(known));
        if (axes.IsEmpty || scope.Parameters.Count >= MostParameters) return null;
        return Term.Leaf(Productions.Tensor, Add(Kind.Integer, Order(Some(axes, atLeastOne: true)), Any(["int", "int", "byte", "long"]), values));
    }

    private Parameter Add(Kind kind, ImmutableArray<string>? order, string type, string values)
    {
        string prefix = kind switch { Kind.Positive => "v", Kind.Unit => "p", Kind.Integer => "j", Kind.Truth => "b", _ => "x" };
        var parameter = new Parameter(scope.NewName(order is null ? "s" : prefix), kind, order, type, values) { IsStrided = order is not null && random.Next(10) == 0 };
        scope.Parameters.Add(parameter);
        return parameter;
    }

    // Mostly the order of the scope, so that most tensors are alike and some lie across.
    private ImmutableArray<string> Order(ImmutableSortedSet<string> axes)
    {
        string[] order = [.. scope.Stored.Where(axes.Contains)];
        if (random.Next(5) == 0) random.Shuffle(order);
        return [.. order];
    }
}
