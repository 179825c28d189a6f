namespace LossGen.Tool.Schema;

/// <summary>What a call needs, what to allocate, what to launch, and where the results are.</summary>
/// <param name="Tensors">The arguments in memory.</param>
/// <param name="Scalars">The other arguments.</param>
/// <param name="Sizes">How the sizes of axes follow, in this order.</param>
/// <param name="Limits">Ranges in which sizes must lie.</param>
/// <param name="Slots">The array of numbers that passes hand on.</param>
/// <param name="Results">Which of them are results.</param>
/// <param name="Errors">Which of them say, when above 0, that an index in a tensor was out of range.</param>
/// <param name="Arrays">The arrays that the call needs beside tensors and slots.</param>
/// <param name="Passes">The launches, in this order.</param>
internal sealed record ExportedPlan(
    ExportedTensor[] Tensors,
    ExportedScalar[] Scalars,
    ExportedSize[] Sizes,
    ExportedLimit[] Limits,
    ExportedSlots Slots,
    ExportedResult[] Results,
    ExportedError[] Errors,
    ExportedArray[] Arrays,
    ExportedPass[] Passes);

/// <summary>A dense tensor: role <c>input</c>, <c>result</c>, <c>gradient</c>, or <c>upstream</c>, which is ones unless given.</summary>
internal sealed record ExportedTensor(string Name, string Role, string Element, ExportedForm[] Shape);

internal sealed record ExportedScalar(string Name, string Element);

/// <summary>A range of sizes, without an upper end when <paramref name="Greatest"/> is missing, and the parameter to blame.</summary>
internal sealed record ExportedLimit(string Axis, ExportedForm Size, long Least, long? Greatest, string Parameter);

/// <summary>Element <c>wide</c> is f64, or f32 on an OpenCL device without cl_khr_fp64.</summary>
internal sealed record ExportedSlots(int Count, string Element);

internal sealed record ExportedResult(string Name, int Slot, string Element);

/// <summary>An index from <paramref name="Parameter"/> must lie in 0 … <paramref name="Size"/> - 1.</summary>
internal sealed record ExportedError(int Slot, string Parameter, string Axis, ExportedForm Size);

/// <summary>An array, in as many copies as it says.</summary>
/// <param name="Name">As the passes name it.</param>
/// <param name="Element">The type of its elements; a <c>pair</c> is two numbers of the working precision.</param>
/// <param name="Bytes">The size of an element.</param>
/// <param name="Shape">Factors of the number of elements.</param>
/// <param name="Copies">Missing for one copy.</param>
internal sealed record ExportedArray(string Name, string Element, int Bytes, ExportedForm[] Shape, ExportedCopies? Copies);

/// <summary>One copy for each <c>worker</c> or <c>group</c> of a pass. A worker is a group where lanes share items, else a thread.</summary>
internal sealed record ExportedCopies(string Per, string Kernel);
