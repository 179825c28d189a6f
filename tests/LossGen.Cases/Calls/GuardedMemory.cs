using System.Runtime.InteropServices;

namespace LossGen.Cases.Calls;

/// <summary>Memory that ends at an inaccessible page (on Linux; elsewhere in front of known bytes) and starts behind known bytes.</summary>
internal sealed unsafe class GuardedMemory : IDisposable
{
    private const byte Known = 0xA5;
    private const int ReadWrite = 3;
    private const int PrivateAnonymous = 0x22;

    private readonly nuint _mapped;
    private readonly byte* _start;
    private readonly nuint _before;
    private readonly nuint _bytes;

    public GuardedMemory(nuint bytes)
    {
        nuint page = (nuint)Environment.SystemPageSize;
        nuint accessible = ((bytes + page - 1) / page * page) + page;
        _bytes = bytes;
        _mapped = accessible + page;
        _before = accessible - bytes;
        if (EndsAtPage)
        {
            _start = (byte*)mmap(0, _mapped, ReadWrite, PrivateAnonymous, -1, 0);
            if (_start == (byte*)-1 || mprotect((nint)(_start + accessible), page, 0) != 0) throw new InvalidOperationException("no guarded memory");
        }
        else
        {
            _start = (byte*)NativeMemory.AlignedAlloc(_mapped, page);
            NativeMemory.Fill(_start + accessible, page, Known);
        }

        NativeMemory.Fill(_start, _before, Known);
    }

    public static bool EndsAtPage => OperatingSystem.IsLinux();

    public nint Address => (nint)(_start + _before);

    /// <summary>Whether nobody wrote outside.</summary>
    public bool IsIntact =>
        !new ReadOnlySpan<byte>(_start, (int)_before).ContainsAnyExcept(Known)
        && (EndsAtPage || !new ReadOnlySpan<byte>(_start + _before + _bytes, Environment.SystemPageSize).ContainsAnyExcept(Known));

    public void Dispose()
    {
        if (EndsAtPage) munmap((nint)_start, _mapped);
        else NativeMemory.AlignedFree(_start);
    }

    [DllImport("libc")]
    private static extern nint mmap(nint address, nuint length, int protection, int flags, int file, nint offset);

    [DllImport("libc")]
    private static extern int mprotect(nint address, nuint length, int protection);

    [DllImport("libc")]
    private static extern int munmap(nint address, nuint length);
}
