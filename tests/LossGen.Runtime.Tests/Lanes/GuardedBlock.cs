using Xunit;

namespace LossGen.Runtime.Tests;

/// <summary>Memory that ends where a page begins that nobody may touch, so that an access beyond the end kills the test run.</summary>
internal sealed unsafe class GuardedBlock<T> : IDisposable
    where T : unmanaged
{
    private readonly nuint pageSize = (nuint)Environment.SystemPageSize;
    private readonly byte* pages;

    public GuardedBlock(ReadOnlySpan<T> content)
    {
        pages = PageProtection.Map(2 * pageSize);
        Assert.NotEqual(-1, (nint)pages);
        Assert.True(PageProtection.Forbid(pages + pageSize, pageSize));
        Length = content.Length;
        content.CopyTo(Content);
    }

    public static bool Supported => OperatingSystem.IsLinux();

    public int Length { get; }

    public Span<T> Content => new((T*)(pages + pageSize) - Length, Length);

    public ref T Origin => ref Content[0];

    public void Dispose() => PageProtection.Unmap(pages, 2 * pageSize);
}
