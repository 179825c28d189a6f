using LossGen.Gpu.Tests.Devices;
using Xunit;

namespace LossGen.Gpu.Tests.Export;

/// <summary>The Python runner in a simulator: what it allocates is as large as the kernels need, on a processor and with lanes.</summary>
public sealed class PythonSimulatorTests(ExportFolder folder) : IClassFixture<ExportFolder>
{
    [PythonSimulatorTheory]
    [InlineData("ExportedLosses.DiceBce", "logits=[0.5,-1.0,2.0]", "mask=[1,0,1]", "weight=1", "smooth=1")]
    [InlineData("ExportedLosses.CrossEntropy", "z=[0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31,32,33]", "label=[3,16]")]
    [InlineData("ExportedLosses.Logistic", "x=[[1,2],[3,4],[5,6]]", "w=[0.5,-0.25]", "b=0.1", "y=[true,false,true]", "k=2", "ridge=0.1")]
    [InlineData("ExportedLosses.Drift", "x=[[1,2,3],[4,5,6]]", "y=[[0,0,0],[1,1,1]]", "n=2")]
    [InlineData("ExportedLosses.Pairs", "x=[[1,2,3,4,5],[6,7,8,9,1]]")]
    public void Nothing_is_reported(string loss, params string[] arguments)
    {
        _ = Simulator.Get();
        string log = folder.Path(loss + ".log"), script = folder.Path(loss + ".py");
        File.WriteAllText(script, """
            import json, sys
            from lossgen_run import Loss
            loss, *arguments = sys.argv[1:]
            loss, arguments = Loss(loss, "Oclgrind"), dict(argument.split("=") for argument in arguments)
            for is_cpu in (True, False):
                loss.device.is_cpu = is_cpu
                print(loss.gradient(**{name: json.loads(text) for name, text in arguments.items()}))
            """);
        ToolRun run = Python.Run([script, folder.Path(loss + ".json"), .. arguments], Simulator.Variables(log));
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal("", File.Exists(log) ? File.ReadAllText(log) : "");
    }
}
