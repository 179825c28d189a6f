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
        for (int i = 0; i < values.Length; i++) Set(i, values[i]);
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

    /// <summary>Sets every element of a real array.</summary>
    public void Fill(double value)
    {
        for (int i = 0; i < Length; i++) Set(i, value);
    }

    public double[] ToDoubles()
    {
        var values = new double[Length];
        for (int i = 0; i < values.Length; i++) values[i] = Get(i);
        return values;
    }

    public void Dispose() => _memory.Dispose();

    private void Set(int index, double value)
    {
        switch (_type)
        {
            case "float": ((float*)Address)[index] = (float)value; break;
            case "Half": ((Half*)Address)[index] = (Half)value; break;
            default: ((double*)Address)[index] = value; break;
        }
    }

    private double Get(int index) => _type switch
    {
        "float" => ((float*)Address)[index],
        "Half" => (double)((Half*)Address)[index],
        _ => ((double*)Address)[index],
    };

    private ReadOnlySpan<byte> Bytes => new((void*)Address, Length * SizeOf(_type));

    private static int SizeOf(string type) => type switch { "double" or "long" => 8, "Half" => 2, "byte" or "bool" => 1, _ => 4 };
}
