using BreastCancer;
using Reports;
using Reports.Page;

const float L1 = 0.01f, L2 = 0.001f, Rate = 0.4f;
const double RequiredAccuracy = 0.95;
const int Seed = 2026;

if (RunOptions.Parse(args, "breast-cancer") is not { } options)
{
    Console.Error.WriteLine("Usage: BreastCancer [--quick] [--report PATH]");
    return 2;
}
int epochs = options.Quick ? 300 : 3000;

var table = DiagnosticTable.Read(Path.Combine(AppContext.BaseDirectory, "Data", "breast_cancer.csv"));
var (training, heldOut) = table.Split(0.7, Seed);
var moments = training.Moments();
(training, heldOut) = (training.Standardised(moments), heldOut.Standardised(moments));
var model = new LogisticModel(table.FeatureCount, L1, L2);

Print($"{table.FeatureCount} features of {training.PatientCount} patients to train on and {heldOut.PatientCount} held out");
Print($"cross-entropy + elastic net (l1 {L1}, l2 {L2}), {epochs} epochs of gradient descent, rate {Rate}, seed {Seed}");
Print($"");
var run = new Training(model, training, heldOut);
run.Run(epochs, Rate);

float loss = model.Loss(heldOut, out float data, out float penalty);
double accuracy = model.Accuracy(heldOut);
var timing = EpochTiming.Measure(training, model, L1, L2, rounds: options.Quick ? 21 : 101, callsPerRound: 100);
bool agrees = timing.LargestDifference < 1e-5f;

Print($"");
Print($"held-out loss {loss:F5} = cross-entropy {data:F5} + penalty {penalty:F5}");
Print($"held-out accuracy {accuracy:F4} (required: {RequiredAccuracy})");
Print($"weights that are exactly zero: {model.ZeroWeights} of {table.FeatureCount}");
Print($"one epoch, generated: {timing.GeneratedMicroseconds:F1} us");
Print($"one epoch, chained TensorPrimitives: {timing.ChainedMicroseconds:F1} us");
Print($"largest difference between the two: {timing.LargestDifference:E1}{(agrees ? "" : ", which is too large")}");

var settings = new ReportTable(["setting", "value"],
    ["data", FormattableString.Invariant($"{training.PatientCount} patients to train on, {heldOut.PatientCount} held out")],
    ["loss", FormattableString.Invariant($"cross-entropy + elastic net, l1 {L1}, l2 {L2}")],
    ["training", FormattableString.Invariant($"gradient descent on all patients at once, rate {Rate}, {epochs} epochs, seed {Seed}")]);
Print($"report: {ReportPage.Write(DiagnosisReport.Of(model, run, settings), options.ReportPath)}");
return accuracy >= RequiredAccuracy && agrees ? 0 : 1;

static void Print(FormattableString line) => Console.WriteLine(FormattableString.Invariant(line));
