using System.Globalization;
using Digits;
using GpuTraining;
using GpuTraining.Losses;
using LossGen.Gpu;
using Reports;
using Reports.Page;
using Reports.Progress;

if (RunOptions.Parse(args, "gpu-training") is not { } options)
{
    Console.Error.WriteLine("Usage: GpuTraining [--quick] [--report PATH]");
    return 2;
}
if (GpuDevice.Enumerate().FirstOrDefault() is not { } device)
{
    Console.WriteLine($"There is no device to train on: {GpuDevice.WhyUnavailable()}");
    return Environment.GetEnvironmentVariable("LOSSGEN_REQUIRE_OPENCL") == "1" ? 1 : 0;
}

int epochs = options.Quick ? 10 : 60;
var digits = DigitSet.Read(Path.Combine(AppContext.BaseDirectory, "Data", "digits.txt"));
using var deviceLoss = new DeviceLoss(device);
TrainingRun onProcessor = new(digits, new ProcessorLoss()), onDevice = new(digits, deviceLoss);
Console.WriteLine($"the same training twice, on the processor and on {device}");
Console.WriteLine();
ProgressTable.Show(["epoch", "processor", "device", "validation", "validation"], Epochs());

double[] differences = CurveDifference.Of(onProcessor.History, onDevice.History);
double largest = CurveDifference.Largest(differences);
bool agrees = largest <= CurveDifference.Allowed;
Console.WriteLine();
Console.WriteLine(FormattableString.Invariant(
    $"largest difference between the curves: {largest:0.0E+0} of the first loss (allowed: {CurveDifference.Allowed}){(agrees ? "" : ", which is too large")}"));
Console.WriteLine("report: " + ReportPage.Write(GpuTrainingReport.Of(device, onProcessor.History, onDevice.History, differences), options.ReportPath));
return agrees ? 0 : 1;

IEnumerable<string[]> Epochs()
{
    for (int epoch = 0; epoch <= epochs; epoch++)
    {
        onProcessor.RunEpoch(epoch);
        onDevice.RunEpoch(epoch);
        if (epoch % Math.Max(1, epochs / 15) == 0)
            yield return [epoch.ToString(CultureInfo.InvariantCulture), .. FourDecimals.Of(
                onProcessor.History.Training[^1], onDevice.History.Training[^1], onProcessor.History.Validation[^1], onDevice.History.Validation[^1])];
    }
}
