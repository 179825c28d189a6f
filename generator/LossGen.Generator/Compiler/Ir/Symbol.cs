namespace LossGen.Compiler.Ir;

/// <summary>What an integer symbol stands for.</summary>
internal enum SymbolKind
{
    Position,
    Size,
    Parameter,
}

/// <summary>An integer that is known only at run time: a position along an axis, an axis' size, or an int parameter.</summary>
internal readonly record struct Symbol(SymbolKind Kind, Axis? Axis, ScalarParameter? Parameter)
{
    public static Symbol PositionOf(Axis axis) => new(SymbolKind.Position, axis, null);

    public static Symbol SizeOf(Axis axis) => new(SymbolKind.Size, axis, null);

    public static Symbol Of(ScalarParameter parameter) => new(SymbolKind.Parameter, null, parameter);

    /// <summary>A stable sort key within one graph.</summary>
    public (int Kind, int Index) Order => ((int)Kind, Axis?.Index ?? Parameter!.Index);

    public override string ToString() => Kind switch
    {
        SymbolKind.Position => Axis!.Name,
        SymbolKind.Size => $"size({Axis!.Name})",
        _ => Parameter!.Name,
    };
}
