using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LossGen.Benchmarks.Rows;

/// <summary>A problem as the C peer sees it: the layout of benchmarks/native/problem.h.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct NativeProblem
{
    public Pointers3 X;
    public Pointers4 K;
    public Pointers3 G;
    public long N, C, D, S;
    public Scalars P;

    [InlineArray(3)]
    public struct Pointers3
    {
        private nint _first;
    }

    [InlineArray(4)]
    public struct Pointers4
    {
        private nint _first;
    }

    [InlineArray(3)]
    public struct Scalars
    {
        private float _first;
    }
}
