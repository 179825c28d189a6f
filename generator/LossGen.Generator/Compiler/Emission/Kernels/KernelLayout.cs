using System.Collections.Immutable;
using LossGen.Compiler.Ir;
using LossGen.Compiler.Model;
using LossGen.Compiler.Scheduling;

namespace LossGen.Compiler.Emission.Kernels;

/// <summary>Where each argument and result of a kernel stands in the runtime's frame; entry points and kernels agree on it.</summary>
internal sealed class KernelLayout
{
    private readonly Dictionary<ScalarParameter, int> _slots = new();
    private readonly Dictionary<ScalarParameter, int> _integers = new();
    private readonly Dictionary<string, int> _outputSlots = new();

    public KernelLayout(
        IEnumerable<TensorParameter> tensors, IEnumerable<ScalarParameter> scalars, IEnumerable<KernelOutput> outputs, IReadOnlyList<Axis> axes, ElementType real,
        Func<KernelOutput, ElementType>? outputElement = null)
    {
        // One size for each symbol; axes of another's size share it.
        foreach (Axis axis in axes)
        {
            if (axis.Size.Terms.Any(t => t.Symbol.Kind == SymbolKind.Size && ReferenceEquals(t.Symbol.Axis, axis))) Sizes.Add(axis);
            string position = CSharp.Names.Position(axis).TrimStart('@');
            ReservedNames.UnionWith(new[] { position, "block_" + position, "end_" + position, "first_" + position, "last_" + position, "before_" + position });
            ReservedNames.Add(CSharp.Names.Size(axis));
        }

        foreach (TensorParameter tensor in tensors)
        {
            Tensors.Add(new KernelBuffer(Unique(tensor.Name), BufferKind.Tensor, tensor.Element, Tensors.Count, tensor.Axes.Select(a => a.Size).ToImmutableArray(), IsLarge: tensor.IsStrided));
            ByTensor[tensor] = Tensors[Tensors.Count - 1];
        }

        foreach (ScalarParameter scalar in scalars)
        {
            if (scalar.Type == ValueType.Real) _slots[scalar] = SlotCount++;
            else
            {
                // Kernels read it into a local of its own name.
                ReservedNames.Add(scalar.Name);
                _integers[scalar] = IntegerCount++;
            }
        }

        foreach (KernelOutput output in outputs)
        {
            if (output.IsBuffer)
            {
                // Slices of one gradient.
                if (ByOutput.FirstOrDefault(o => o.Key.Name == output.Name) is { Value: { } known })
                {
                    ByOutput[output] = known;
                    continue;
                }

                var buffer = new KernelBuffer(
                    Unique(output.Name), BufferKind.Tensor, outputElement?.Invoke(output) ?? real, Tensors.Count, output.Axes.Select(a => a.Size).ToImmutableArray());
                Tensors.Add(buffer);
                ByOutput[output] = buffer;
                ReservedNames.Add(KernelNames.Output(buffer));
            }
            else
            {
                _outputSlots[output.Name] = SlotCount++;
            }
        }
    }

    /// <summary>The frame's tensors: inputs, then output buffers.</summary>
    public List<KernelBuffer> Tensors { get; } = new();

    public Dictionary<TensorParameter, KernelBuffer> ByTensor { get; } = new();

    public Dictionary<KernelOutput, KernelBuffer> ByOutput { get; } = new();

    /// <summary>The axes whose sizes the frame carries, in order.</summary>
    public List<Axis> Sizes { get; } = new();

    /// <summary>Names that locals of kernels must not take.</summary>
    public HashSet<string> ReservedNames { get; } = new(KernelNames.Arguments, StringComparer.Ordinal) { "frame", "chunk", KernelNames.Path };

    /// <summary>The int parameters, in the frame's order.</summary>
    public IEnumerable<ScalarParameter> Integers => _integers.OrderBy(i => i.Value).Select(i => i.Key);

    /// <summary>How many real scalars the frame needs; grows while kernels are built.</summary>
    public int SlotCount { get; private set; }

    public int IntegerCount { get; private set; }

    public int SlotOf(ScalarParameter parameter) => _slots[parameter];

    public int SlotOf(string output) => _outputSlots[output];

    /// <summary>Whether it has an output of this name that is a scalar.</summary>
    public bool HasSlot(string output) => _outputSlots.ContainsKey(output);

    public int IntegerOf(ScalarParameter parameter) => _integers[parameter];

    /// <summary>Whether a slot carries a value between steps, rather than an argument or a result.</summary>
    public bool IsInternal(int slot) => slot >= _slots.Count + _outputSlots.Count;

    public int NewSlot() => SlotCount++;

    /// <summary>A name that neither the frame nor any nest uses.</summary>
    public string NewName(string name) => Unique(name);

    private string Unique(string name)
    {
        while (!ReservedNames.Add(name)) name += "_";
        return name;
    }
}
