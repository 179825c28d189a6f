using System.Runtime.InteropServices;

namespace LossGen.Benchmarks.Rows;

/// <summary>The data of one row at one size, in memory that does not move, so that all peers of this process read and write the same.</summary>
public sealed unsafe class Problem : IDisposable
{
    private const int Alignment = 64;

    private readonly List<(nint Start, int Length)> _reals = [], _integers = [], _gradients = [];
    private readonly Random _random = new(1);

    // Found without a list, as a user's own spans are: on sixteen elements its bounds would be half of a call.
    private readonly (nint Start, int Length) _x, _y, _z, _g;

    public Problem(Row row, Size size)
    {
        Row = row;
        Size = size;
        row.Fill(this);
        _x = _reals.ElementAtOrDefault(0);
        _y = _reals.ElementAtOrDefault(1);
        _z = _reals.ElementAtOrDefault(2);
        _g = _gradients.ElementAtOrDefault(0);
    }

    public Row Row { get; }

    public Size Size { get; }

    public int N => Size.N;

    public int C => Size.C;

    public int D => Size.D;

    public int S => Size.S;

    public int Reals => _reals.Count;

    public int Integers => _integers.Count;

    public int Gradients => _gradients.Count;

    public ReadOnlySpan<float> X => new((void*)_x.Start, _x.Length);

    public ReadOnlySpan<float> Y => new((void*)_y.Start, _y.Length);

    public ReadOnlySpan<float> Z => new((void*)_z.Start, _z.Length);

    public ReadOnlySpan<int> Labels => Integer(0);

    public Span<float> G => new((void*)_g.Start, _g.Length);

    public ReadOnlySpan<float> Real(int i) => new((void*)_reals[i].Start, _reals[i].Length);

    public ReadOnlySpan<int> Integer(int i) => new((void*)_integers[i].Start, _integers[i].Length);

    public Span<float> Gradient(int i) => new((void*)_gradients[i].Start, _gradients[i].Length);

    /// <summary>Adds a real input.</summary>
    public Span<float> AddReal(int length, Func<Random, float> next)
    {
        Span<float> values = new((void*)Add(_reals, length), length);
        foreach (ref float value in values) value = next(_random);
        return values;
    }

    /// <summary>Adds an input of integers.</summary>
    public void AddIntegers(int length, Func<Random, int> next)
    {
        foreach (ref int value in new Span<int>((void*)Add(_integers, length), length)) value = next(_random);
    }

    /// <summary>Adds room for a gradient.</summary>
    public void AddGradient(int length) => new Span<float>((void*)Add(_gradients, length), length).Clear();

    public NativeProblem ToNative()
    {
        NativeProblem native = new() { N = N, C = C, D = D, S = S };
        for (int i = 0; i < Reals; i++) native.X[i] = _reals[i].Start;
        for (int i = 0; i < Integers; i++) native.K[i] = _integers[i].Start;
        for (int i = 0; i < Gradients; i++) native.G[i] = _gradients[i].Start;
        for (int i = 0; i < Row.Parameters.Length; i++) native.P[i] = Row.Parameters[i];
        return native;
    }

    public void Dispose()
    {
        foreach ((nint start, _) in _reals.Concat(_integers).Concat(_gradients)) NativeMemory.AlignedFree((void*)start);
    }

    private static nint Add(List<(nint Start, int Length)> list, int length)
    {
        nint start = (nint)NativeMemory.AlignedAlloc((nuint)Math.Max(length, 1) * sizeof(float), Alignment);
        list.Add((start, length));
        return start;
    }
}
