namespace LossGen.Cases.Calls;

/// <summary>A tensor's elements in guarded memory, in their own type, converted from and to float64 or 64-bit integers.</summary>
internal sealed unsafe class GuardedArray : IDisposable
{
    // Between the elements of a strided array.
    private const byte Gap = 0x5A;

    private readonly GuardedMemory _memory;
    private readonly string _type;
    private readonly byte[] _before;

    private GuardedArray(string type, int length, ElementLayout? layout)
    {
        _type = type;
        Layout = layout ?? ElementLayout.Dense(length);
        _memory = new GuardedMemory((nuint)Layout.Extent * (nuint)SizeOf(type));
        _before = [];
        Bytes.Fill(Gap);
    }

    public GuardedArray(string type, double[] values, ElementLayout? layout = null)
        : this(type, values.Length, layout)
    {
        for (int i = 0; i < values.Length; i++) Set(i, values[i]);
        _before = Bytes.ToArray();
    }

    public GuardedArray(string type, long[] values, ElementLayout? layout = null)
        : this(type, values.Length, layout)
    {
        for (int k = 0; k < values.Length; k++)
        {
            nint i = Layout.OffsetOf(k);
            switch (type)
            {
                case "byte": ((byte*)Address)[i] = checked((byte)values[k]); break;
                case "bool": ((bool*)Address)[i] = values[k] != 0; break;
                case "int": ((int*)Address)[i] = checked((int)values[k]); break;
                default: ((long*)Address)[i] = values[k]; break;
            }
        }

        _before = Bytes.ToArray();
    }

    /// <summary>Where its elements lie.</summary>
    public ElementLayout Layout { get; }

    /// <summary>How many elements it has.</summary>
    public int Length => Layout.Count;

    public nint Address => _memory.Address;

    /// <summary>Whether nothing was written outside its elements.</summary>
    public bool IsIntact => _memory.IsIntact && AreGapsIntact;

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

    private bool AreGapsIntact
    {
        get
        {
            if (Layout.Extent == Length) return true;
            byte[] copy = Bytes.ToArray();
            int size = SizeOf(_type);
            for (int i = 0; i < Length; i++) copy.AsSpan((int)Layout.OffsetOf(i) * size, size).Fill(Gap);
            return !copy.AsSpan().ContainsAnyExcept(Gap);
        }
    }

    private void Set(int element, double value)
    {
        nint index = Layout.OffsetOf(element);
        switch (_type)
        {
            case "float": ((float*)Address)[index] = (float)value; break;
            case "Half": ((Half*)Address)[index] = (Half)value; break;
            default: ((double*)Address)[index] = value; break;
        }
    }

    private double Get(int element)
    {
        nint index = Layout.OffsetOf(element);
        return _type switch
        {
            "float" => ((float*)Address)[index],
            "Half" => (double)((Half*)Address)[index],
            _ => ((double*)Address)[index],
        };
    }

    private Span<byte> Bytes => new((void*)Address, (int)Layout.Extent * SizeOf(_type));

    private static int SizeOf(string type) => type switch { "double" or "long" => 8, "Half" => 2, "byte" or "bool" => 1, _ => 4 };
}
