using System.Runtime.InteropServices;

namespace LossGen.Benchmarks.Rows;

/// <summary>The data of one row at one size, in memory that does not move, so that all peers of this process read and write the same.</summary>
public sealed unsafe class Problem : IDisposable
{
    private const int Alignment = 64;

    // Arrays, so that a call on sixteen elements finds its arguments as fast as a user's would.
    private (nint Start, int Length)[] _reals = [], _integers = [], _gradients = [];
    private readonly Random _random = new(1);

    public Problem(Row row, Size size)
    {
        Row = row;
        Size = size;
        row.Fill(this);
    }

    public Row Row { get; }

    public Size Size { get; }

    public int N => Size.N;

    public int C => Size.C;

    public int D => Size.D;

    public int S => Size.S;

    public int Reals => _reals.Length;

    public int Integers => _integers.Length;

    public int Gradients => _gradients.Length;

    public ReadOnlySpan<float> X => Real(0);

    public ReadOnlySpan<float> Y => Real(1);

    public ReadOnlySpan<float> Z => Real(2);

    public ReadOnlySpan<int> Labels => Integer(0);

    public Span<float> G => Gradient(0);

    public ReadOnlySpan<float> Real(int i) => new((void*)_reals[i].Start, _reals[i].Length);

    public ReadOnlySpan<int> Integer(int i) => new((void*)_integers[i].Start, _integers[i].Length);

    public Span<float> Gradient(int i) => new((void*)_gradients[i].Start, _gradients[i].Length);

    /// <summary>Adds a real input.</summary>
    public Span<float> AddReal(int length, Func<Random, float> next)
    {
        Span<float> values = new((void*)Add(ref _reals, length), length);
        foreach (ref float value in values) value = next(_random);
        return values;
    }

    /// <summary>Adds an input of integers.</summary>
    public void AddIntegers(int length, Func<Random, int> next)
    {
        foreach (ref int value in new Span<int>((void*)Add(ref _integers, length), length)) value = next(_random);
    }

    /// <summary>Adds room for a gradient.</summary>
    public void AddGradient(int length) => new Span<float>((void*)Add(ref _gradients, length), length).Clear();

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

    private static nint Add(ref (nint Start, int Length)[] list, int length)
    {
        nint start = (nint)NativeMemory.AlignedAlloc((nuint)Math.Max(length, 1) * sizeof(float), Alignment);
        list = [.. list, (start, length)];
        return start;
    }
}
