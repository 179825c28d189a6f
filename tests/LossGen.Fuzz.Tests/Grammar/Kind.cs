namespace LossGen.Fuzz.Tests.Grammar;

/// <summary>What a value is known to be: its type, and for reals a range, so that functions get arguments for which they are defined and finite.</summary>
internal enum Kind
{
    /// <summary>Any real number.</summary>
    Real,

    /// <summary>A real number of moderate size, whose exponential is finite.</summary>
    Bounded,

    /// <summary>A real number above 0.</summary>
    Positive,

    /// <summary>A real number between 0 and 1.</summary>
    Unit,

    /// <summary>An integer.</summary>
    Integer,

    /// <summary>A truth value.</summary>
    Truth,
}

/// <summary>Which values may stand where another kind is wanted.</summary>
internal static class Kinds
{
    public static readonly Kind[] Reals = [Kind.Real, Kind.Bounded, Kind.Positive, Kind.Unit];

    public static bool Fits(this Kind kind, Kind wanted) =>
        kind == wanted || (kind == Kind.Unit && Reals.Contains(wanted)) || (wanted == Kind.Real && Reals.Contains(kind));
}
