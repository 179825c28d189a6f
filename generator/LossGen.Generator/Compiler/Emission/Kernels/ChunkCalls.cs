namespace LossGen.Compiler.Emission.Kernels;

/// <summary>
/// Which programs can run without a frame when each of their nests is one chunk: on few elements the way through the runtime costs more than the arithmetic.
/// Needs: a built program and its layout. Gives: whether tensors, sizes and scalars are all that its nests share.
/// </summary>
internal static class ChunkCalls
{
    /// <summary>So many tensors reach a kernel as arguments.</summary>
    public const int MostTensors = 4;

    private static readonly HashSet<string> Reserved = new(KernelNames.Arguments.Append("call"), StringComparer.Ordinal);

    public static bool Allows(KernelProgram program, KernelLayout layout) =>
        program.Workspace.IsEmpty
        && layout.Tensors.Count is >= 1 and <= MostTensors
        && layout.SlotCount <= KernelNames.NamedArguments
        && !layout.Integers.Any(i => Reserved.Contains(i.Name))
        && program.Steps.Any(s => s is NestStep)
        && program.Steps.All(s => s switch
        {
            ScalarStep scalar => scalar.Value is null || !scalar.Value.Everything().Any(e => e is Read),
            NestStep nest => Allows(nest),
            _ => false,
        });

    private static bool Allows(NestStep nest) =>
        nest.Scratch.IsEmpty
        && nest.Limit == 0
        && nest.Partials.Length <= KernelNames.NamedArguments
        && nest.Partials.All(p => p.Array is null)
        && nest.Buffers.All(b => b.Kind == BufferKind.Tensor)
        && !nest.Body.SelectMany(s => s.Everything()).Any(s => s is Call);
}
