using System.Text.Json;
using System.Text.Json.Serialization;

namespace LossGen.Gpu.Plans;

/// <summary>What a launch plan says: what a call needs, what to allocate, what to launch.</summary>
/// <param name="Name">The name that the kernels' names start with.</param>
/// <param name="Real">The working precision, <c>f32</c> or <c>f64</c>.</param>
/// <param name="Tensors">The arguments in memory.</param>
/// <param name="Scalars">The other arguments.</param>
/// <param name="Sizes">How sizes of axes follow, in order.</param>
/// <param name="Limits">Sizes to look at before anything runs.</param>
/// <param name="Slots">How many numbers the passes hand on.</param>
/// <param name="Results">Which of them are results.</param>
/// <param name="Checks">Which of them say that an index is out of range.</param>
/// <param name="Arrays">Intermediate values.</param>
/// <param name="Passes">The launches.</param>
internal sealed record LaunchPlan(
    string Name, string Real, PlanTensor[] Tensors, PlanScalar[] Scalars, PlanSize[] Sizes, PlanLimit[] Limits, int Slots, PlanResult[] Results, PlanCheck[] Checks, PlanArray[] Arrays, PlanPass[] Passes)
{
    public bool IsDouble => Real == "f64";

    /// <summary>The size of an element in bytes.</summary>
    public int BytesOf(string element) => element switch
    {
        "pair" => IsDouble ? 16 : 8,
        "f64" or "i64" => 8,
        "f32" or "i32" => 4,
        "f16" or "bf16" => 2,
        _ => 1,
    };

    public static LaunchPlan Parse(string json) => JsonSerializer.Deserialize(json, PlanJson.Default.LaunchPlan)!;
}

/// <summary>A tensor: role <c>input</c>, <c>result</c>, <c>gradient</c>, <c>curvature</c> or <c>upstream</c>.</summary>
internal sealed record PlanTensor(string Name, string Buffer, string Role, string Element, Dictionary<string, long>[] Sizes)
{
    public bool IsWritten => Role is "result" or "gradient" or "curvature";
}

internal sealed record PlanScalar(string Name, string Element);

/// <summary>The size of an axis: an int argument, a tensor's length over a product, one of its lengths, or computed from other sizes.</summary>
internal sealed record PlanSize(string Axis, string? Integer, string? Length, Dictionary<string, long>[]? Divisor, int? Dimension, JsonElement? Compute);

internal sealed record PlanLimit(string Axis, Dictionary<string, long> Size, long Least, long Greatest, string Parameter);

internal sealed record PlanResult(string Name, int Slot, string Element);

internal sealed record PlanCheck(int Slot, string Parameter, string Axis, Dictionary<string, long> Size);

/// <summary>An array of the call; one with a worker exists once for each worker of that pass.</summary>
internal sealed record PlanArray(string Name, string Element, Dictionary<string, long>[] Sizes, string? Worker);

/// <summary>A launch: items to spread, and the length of loops that lanes may share; without items it is one group.</summary>
internal sealed record PlanPass(string Kernel, Dictionary<string, long>[] Items, Dictionary<string, long>? Lanes, int? Partials, bool? Merges, PlanVectors? Vectors, PlanTile? Tile, string[] Arguments)
{
    /// <summary>Whether it is a loop nest, of which there are several variants.</summary>
    public bool IsNest => Partials is not null;

    /// <summary>The array of what its groups have each added up.</summary>
    public string PartialsName => "partials:" + Kernel;
}

/// <summary>That a thread takes several neighbours at once: how many, of which arrays, and what must be a multiple of that for rows to start where vectors may.</summary>
internal sealed record PlanVectors(int Width, string[] Arrays, Dictionary<string, long>[] Rows, PlanKept? Kept)
{
    /// <summary>Where arrays have to start.</summary>
    public const int Alignment = 16;
}

/// <summary>That lanes read a row more than once: in vectors of how many positions, and how many bytes of all that is read again one has.</summary>
internal sealed record PlanKept(int Width, int Bytes);

/// <summary>That groups of some threads, or of more where they are few, take some items each.</summary>
internal sealed record PlanTile(int Threads, int Most, int Items);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(LaunchPlan))]
internal sealed partial class PlanJson : JsonSerializerContext;
