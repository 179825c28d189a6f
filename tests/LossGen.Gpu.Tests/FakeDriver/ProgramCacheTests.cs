using LossGen.Gpu.Programs;
using Xunit;

namespace LossGen.Gpu.Tests.FakeDriver;

/// <summary>Compiled programs in a folder: a device object that is new, as in another process, takes them from there.</summary>
[Collection(KeptPrograms.Name)]
public sealed class ProgramCacheTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("lossgen-programs").FullName;

    public ProgramCacheTests() => GpuOptions.CacheFolder = Path.Combine(_folder, "made", "when needed");

    public void Dispose()
    {
        GpuOptions.CacheFolder = null;
        GpuOptions.CacheBytes = 256 << 20;
        if (FakeDriver.Skip is null) FakeDriver.SetDriverVersion(12040);
        Directory.Delete(_folder, recursive: true);
    }

    [FakeTheory]
    [InlineData(GpuApi.Cuda)]
    [InlineData(GpuApi.Hip)]
    public void What_was_compiled_once_is_not_compiled_again(GpuApi api)
    {
        Assert.Equal(1, Compilations(api));
        Assert.Equal(0, Compilations(api));
        Assert.Single(Files());
        GpuOptions.CacheFolder = null;
        Assert.Equal(1, Compilations(api));
    }

    [FakeFact]
    public void Another_driver_device_or_interface_has_programs_of_its_own()
    {
        Assert.Equal(1, Compilations(GpuApi.Cuda));
        Assert.Equal(1, Compilations(GpuApi.Cuda, number: 1));
        Assert.Equal(1, Compilations(GpuApi.Hip));
        FakeDriver.SetDriverVersion(12080);
        Assert.Equal(1, Compilations(GpuApi.Cuda));
        FakeDriver.SetDriverVersion(12040);
        Assert.Equal(0, Compilations(GpuApi.Cuda));
        Assert.Equal(4, Files().Length);
    }

    /// <summary>Cut off, changed inside, of another make, and whole but of no use to the driver.</summary>
    [FakeTheory]
    [InlineData("cut")]
    [InlineData("empty")]
    [InlineData("changed")]
    [InlineData("older")]
    [InlineData("refused")]
    public void A_file_that_is_no_good_is_replaced(string damage)
    {
        Assert.Equal(1, Compilations(GpuApi.Cuda));
        string file = Assert.Single(Files());
        byte[] content = File.ReadAllBytes(file);
        if (damage == "refused") new ProgramFolder(GpuOptions.CacheFolder!, long.MaxValue).Write(Path.GetFileNameWithoutExtension(file), "no program"u8);
        else if (damage == "changed") File.WriteAllBytes(file, [.. content[..^9], (byte)~content[^9], .. content[^8..]]);
        else if (damage == "older") File.WriteAllBytes(file, [.. "LossGen program 0\n"u8, .. content[18..]]);
        else File.WriteAllBytes(file, damage == "cut" ? content[..(content.Length / 2)] : []);
        Assert.Equal(1, Compilations(GpuApi.Cuda));
        Assert.Equal(file, Assert.Single(Files()));
        Assert.Equal(0, Compilations(GpuApi.Cuda));
    }

    [FakeFact]
    public void A_folder_that_cannot_be_written_is_no_failure()
    {
        string file = Path.Combine(_folder, "a file");
        File.WriteAllText(file, "");
        GpuOptions.CacheFolder = Path.Combine(file, "below");
        Assert.Equal(1, Compilations(GpuApi.Cuda));
        Assert.Equal(1, Compilations(GpuApi.Cuda));
    }

    [Fact]
    public void Those_not_used_for_longest_go_first()
    {
        byte[] kilobyte = new byte[1000];
        ProgramFolder folder = new(_folder, 3500);
        foreach (string key in new[] { "a", "b", "c" })
        {
            folder.Write(key, kilobyte);
            File.SetLastWriteTimeUtc(Path.Combine(_folder, key + ".program"), DateTime.UtcNow.AddDays(-3));
        }

        File.WriteAllText(Path.Combine(_folder, "a.program.1.unfinished"), "by a process that ended while it wrote");
        File.SetLastWriteTimeUtc(Path.Combine(_folder, "a.program.1.unfinished"), DateTime.UtcNow.AddDays(-3));
        Assert.Equal(kilobyte, folder.Read("b"));
        folder.Write("d", kilobyte);
        Assert.Equal(3, Directory.GetFiles(_folder).Length);
        Assert.NotNull(folder.Read("b"));
        Assert.NotNull(folder.Read("d"));
        folder.Write("too large", new byte[4000]);
        Assert.Null(folder.Read("too large"));
    }

    /// <summary>How often a device object that is new compiles for a loss.</summary>
    private static int Compilations(GpuApi api, int number = 0)
    {
        int before = FakeDriver.Calls("compile");
        GpuDevice device = FakeDriver.Device(api, number);
        using GpuQueue queue = device.CreateQueue();
        using GpuBuffer<float> x = queue.Upload<float>([1, 2, 3]), y = queue.Upload<float>([1, 2, 5]);
        for (int run = 0; run < 2; run++) Assert.Equal(4f / 3, (float)device.Load(DeviceLosses.MseProgram).Value(queue, new() { ["x"] = x, ["y"] = y })["loss"]);
        return FakeDriver.Calls("compile") - before;
    }

    private static string[] Files() => Directory.GetFiles(GpuOptions.CacheFolder!);
}

/// <summary>The folder is an option of the whole process: other tests would keep their programs in it, so these run alone.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class KeptPrograms
{
    public const string Name = "kept programs";
}
