using System.Globalization;
using LossGen.Gpu.Tests.Export;
using LossGen.Gpu.Tests.FakeDriver;
using LossGen.Losses;
using Xunit;

namespace LossGen.Gpu.Tests.Benchmark;

/// <summary>The benchmark for graphics cards without one: its plans on OpenCL at small sizes, its command line, and its CUDA on the fake driver.</summary>
[Collection(FakeDriverTests.Name)]
public sealed class BenchmarkTests(BenchmarkFolder folder) : IClassFixture<BenchmarkFolder>
{
    [PythonFact]
    public void Every_row_runs_on_OpenCL()
    {
        string[] names = Run("--list", "--quick").Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(9, names.Length);
        ToolRun run = Run("--device", "opencl", "--quick");
        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        foreach (string name in names)
        {
            string[] cells = run.Output.Split('\n').First(line => line.StartsWith($"| {name} |", StringComparison.Ordinal)).Split('|', StringSplitOptions.TrimEntries);
            Assert.True(double.Parse(cells[2], CultureInfo.InvariantCulture) > 0, name);
        }
    }

    [PythonFact]
    public void Mistakes_are_one_line()
    {
        foreach ((string[] arguments, string expected) in new (string[], string)[]
        {
            (["--only", "nothing"], "--only was 'nothing'"),
            (["--rounds", "0"], "--rounds was 0"),
            (["--device", "tpu"], "tpu"),
        })
        {
            ToolRun run = Run(arguments);
            Assert.NotEqual(0, run.ExitCode);
            Assert.Contains(expected, run.Error, StringComparison.Ordinal);
            Assert.DoesNotContain("Traceback", run.Error, StringComparison.Ordinal);
        }
    }

    /// <summary>What a CUDA device would be asked, on a driver that runs kernels on the processor: memory of its own and of a caller, float and bfloat16.</summary>
    [FakeFact]
    public void The_driver_interface_of_CUDA_runs_the_plans()
    {
        float[] logits = [.. Enumerable.Range(0, 3 * 40).Select(i => MathF.Sin(i) * 4)], gradient = new float[logits.Length];
        float loss = ClassificationLosses.SparseCategoricalCrossEntropyGradient(logits, [1, 7, 39], gradient);
        string script = $"""
            import json, struct, sys
            sys.path.insert(0, {Quoted(BenchmarkFolder.Script(""))})
            import cuda_driver
            cuda_driver.DRIVERS = cuda_driver.COMPILERS = ({Quoted(FakeDriver.FakeDriver.Libraries(GpuApi.Cuda).DriverFiles[0])},)
            import compare
            from prepared import ExportedLoss, PreparedCall
            device = cuda_driver.CudaDevice()
            logits, labels = {Python.List(logits)}, [1, 7, 39]
            arguments = dict(logits=(struct.pack("<120f", *logits), [3, 40]), labels=(struct.pack("<3i", *labels), [3]))
            call = PreparedCall(ExportedLoss({Quoted(folder.Kernels)}, "ClassificationLosses.SparseCategoricalCrossEntropy", device), arguments)
            call.launch()
            gradient = struct.unpack("<120f", device.read(call.memory["tensor", "logitsGradient"], 480))

            # Memory of somebody else's, and 16 bits.
            pointers = dict(logits=device.allocate(240), labels=device.allocate(12), logitsGradient=device.allocate(240))
            device.write(pointers["logits"], b"".join(struct.pack("<f", z)[2:] for z in logits))
            device.write(pointers["labels"], struct.pack("<3i", *labels))
            shapes = dict(logits=(None, [3, 40]), labels=(None, [3]))
            half = PreparedCall(ExportedLoss({Quoted(folder.Kernels)}, "HalfLosses.CrossEntropy", device, is_bfloat16=True), shapes, pointers)
            half.launch()
            bits = device.read(pointers["logitsGradient"], 240)
            rounded = [struct.unpack("<f", b"\0\0" + bits[k:k + 2])[0] for k in range(0, 240, 2)]
            print(json.dumps(dict(loss=compare.loss_of(call), halfLoss=compare.loss_of(half), gradient=gradient, rounded=rounded)))
            half.free()
            call.free()
            """;
        string file = Path.Combine(folder.Kernels, "script.py");
        File.WriteAllText(file, script);
        ToolRun run = Python.Run([file], ("LOSSGEN_RUNNER", folder.Kernels));
        Python.Close([loss], run, "loss");
        Python.Close(gradient.Select(g => (double)g), run, "gradient");

        float[] brain = [.. logits.Select(z => BitConverter.UInt32BitsToSingle(BitConverter.SingleToUInt32Bits(z) & 0xffff0000))], want = new float[logits.Length];
        Python.Close([ClassificationLosses.SparseCategoricalCrossEntropyGradient(brain, [1, 7, 39], want)], run, "halfLoss");
        double[] rounded = [.. System.Text.Json.JsonDocument.Parse(run.Output).RootElement.GetProperty("rounded").EnumerateArray().Select(v => v.GetDouble())];
        for (int i = 0; i < want.Length; i++) Assert.Equal(want[i], rounded[i], Math.Abs(want[i]) / 256 + 1e-7);
    }

    private static string Quoted(string text) => System.Text.Json.JsonSerializer.Serialize(text);

    private ToolRun Run(params string[] arguments) => Python.Run([BenchmarkFolder.Script("compare.py"), folder.Kernels, .. arguments], ("LOSSGEN_RUNNER", folder.Kernels));
}
