namespace LossGen.Cases.Calls;

/// <summary>A tensor's elements in guarded memory, in their own type, converted from and to float64 or 64-bit integers.</summary>
internal sealed unsafe class GuardedArray : IDisposable
{
    private readonly GuardedMemory _memory;
    private readonly string _type;
    private readonly byte[] _before;

    private GuardedArray(string type, int length)
    {
        _type = type;
        Length = length;
        _memory = new GuardedMemory((nuint)length * (nuint)SizeOf(type));
        _before = [];
    }

    public GuardedArray(string type, double[] values)
        : this(type, values.Length)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (type == "float") ((float*)Address)[i] = (float)values[i];
            else ((double*)Address)[i] = values[i];
        }

        _before = Bytes.ToArray();
    }

    public GuardedArray(string type, long[] values)
        : this(type, values.Length)
    {
        for (int i = 0; i < values.Length; i++)
        {
            switch (type)
            {
                case "byte": ((byte*)Address)[i] = checked((byte)values[i]); break;
                case "bool": ((bool*)Address)[i] = values[i] != 0; break;
                case "int": ((int*)Address)[i] = checked((int)values[i]); break;
                default: ((long*)Address)[i] = values[i]; break;
            }
        }

        _before = Bytes.ToArray();
    }

    public int Length { get; }

    public nint Address => _memory.Address;

    public bool IsIntact => _memory.IsIntact;

    /// <summary>Whether the elements are those that it was made with, bit for bit.</summary>
    public bool IsUnchanged => Bytes.SequenceEqual(_before);

    public double[] ToDoubles()
    {
        var values = new double[Length];
        for (int i = 0; i < values.Length; i++) values[i] = _type == "float" ? ((float*)Address)[i] : ((double*)Address)[i];
        return values;
    }

    public void Dispose() => _memory.Dispose();

    private ReadOnlySpan<byte> Bytes => new((void*)Address, Length * SizeOf(_type));

    private static int SizeOf(string type) => type switch { "double" or "long" => 8, "byte" or "bool" => 1, _ => 4 };
}
