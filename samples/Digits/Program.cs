using Digits;
using Digits.Classification;
using Digits.Segmentation;
using Reports;

if (RunOptions.Parse(args, "digits", "segmentation") is not { } options)
{
    Console.Error.WriteLine("Usage: Digits [segmentation] [--quick] [--report PATH]");
    return 2;
}
var digits = DigitSet.Read(Path.Combine(AppContext.BaseDirectory, "Data", "digits.txt"));
return options.Task == "segmentation" ? SegmentationTask.Run(digits, options) : ClassificationTask.Run(digits, options);
