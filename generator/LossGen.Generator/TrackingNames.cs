namespace LossGen.Generator;

/// <summary>The names of the pipeline's steps, by which the tests ask why a step ran.</summary>
internal static class TrackingNames
{
    /// <summary>Symbols and attributes were read, with locations.</summary>
    public const string Reading = "Reading";

    /// <summary>The loss without locations.</summary>
    public const string Spec = "Spec";

    /// <summary>The compiled file and its messages.</summary>
    public const string Compile = "Compile";

    /// <summary>The text of the file alone.</summary>
    public const string Source = "Source";

    /// <summary>The text of the second file, for devices.</summary>
    public const string GpuSource = "GpuSource";

    /// <summary>The errors of one loss.</summary>
    public const string Errors = "Errors";

    /// <summary>The places of one loss.</summary>
    public const string Locations = "Locations";

    /// <summary>Errors with their places.</summary>
    public const string LocatedErrors = "LocatedErrors";
}
