using System.Runtime.InteropServices;

namespace LossGen.Runtime.Tests;

/// <summary>The calls of Linux that map memory and forbid access to it.</summary>
internal static unsafe class PageProtection
{
    private const int ReadWrite = 3;
    private const int PrivateAnonymous = 0x22;

    public static byte* Map(nuint length) => (byte*)mmap(0, length, ReadWrite, PrivateAnonymous, -1, 0);

    public static bool Forbid(byte* address, nuint length) => mprotect((nint)address, length, 0) == 0;

    public static void Unmap(byte* address, nuint length) => munmap((nint)address, length);

    [DllImport("libc")]
    private static extern nint mmap(nint address, nuint length, int protection, int flags, int file, nint offset);

    [DllImport("libc")]
    private static extern int mprotect(nint address, nuint length, int protection);

    [DllImport("libc")]
    private static extern int munmap(nint address, nuint length);
}
