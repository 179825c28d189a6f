namespace LossGen.Fuzz.Tests.Grammar;

/// <content>What has no arguments. Drawn by the maker when the budget is spent, so the weights count among each other.</content>
internal static partial class Productions
{
    public static readonly Production Tensor = Leaf("tensor");
    public static readonly Production Scalar = Leaf("scalar");
    public static readonly Production Number = Leaf("number");
    public static readonly Production Position = Leaf("position");
    public static readonly Production Size = Leaf("size");
    public static readonly Production Bound = Leaf("binding");
    public static readonly Production OwnParameter = Leaf("parameter of a function");

    public static readonly Production StateBefore = Leaf("state before");

    private static Production[] Leaves => [Tensor, Scalar, Number, Position, Size, Bound, OwnParameter, StateBefore];

    private static Production Leaf(string name) => new(name, Kind.Real, "{symbol}", 0) { Axes = AxisRule.OfSymbol };
}
