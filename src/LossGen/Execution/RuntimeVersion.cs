using System.ComponentModel;

namespace LossGen.Runtime;

/// <summary>The contract between generated code and this runtime.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class RuntimeVersion
{
    /// <summary>Raised whenever code generated for the previous value would no longer compile or run.</summary>
    public const int Contract = 1;
}
