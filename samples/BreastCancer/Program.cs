using BreastCancer;

const float L1 = 0.01f, L2 = 0.001f, Rate = 0.4f;
const double RequiredAccuracy = 0.95;
const int Seed = 2026;

bool quick = args is ["--quick"];
if (args.Length > 0 && !quick)
{
    Console.Error.WriteLine("Usage: BreastCancer [--quick]");
    return 2;
}
int epochs = quick ? 300 : 3000;

var table = DiagnosticTable.Read(Path.Combine(AppContext.BaseDirectory, "Data", "breast_cancer.csv"));
var (training, heldOut) = table.Split(0.7, Seed);
var moments = training.Moments();
(training, heldOut) = (training.Standardised(moments), heldOut.Standardised(moments));
var model = new LogisticModel(table.FeatureCount, L1, L2);

Print($"{table.FeatureCount} features of {training.PatientCount} patients to train on and {heldOut.PatientCount} held out");
Print($"cross-entropy + elastic net (l1 {L1}, l2 {L2}), {epochs} epochs of gradient descent, rate {Rate}, seed {Seed}");
Print($"");
EpochReport.Show(Train());

float loss = model.Loss(heldOut, out float data, out float penalty);
double accuracy = model.Accuracy(heldOut);
var timing = EpochTiming.Measure(training, model, L1, L2, rounds: quick ? 21 : 101, callsPerRound: 100);
bool agrees = timing.LargestDifference < 1e-5f;

Print($"");
Print($"held-out loss {loss:F5} = cross-entropy {data:F5} + penalty {penalty:F5}");
Print($"held-out accuracy {accuracy:F4} (required: {RequiredAccuracy})");
Print($"weights that are exactly zero: {model.ZeroWeights} of {table.FeatureCount}");
Print($"one epoch, generated: {timing.GeneratedMicroseconds:F1} us");
Print($"one epoch, chained TensorPrimitives: {timing.ChainedMicroseconds:F1} us");
Print($"largest difference between the two: {timing.LargestDifference:E1}{(agrees ? "" : ", which is too large")}");
return accuracy >= RequiredAccuracy && agrees ? 0 : 1;

IEnumerable<EpochReport> Train()
{
    int shownEvery = epochs / 20;
    for (int epoch = 1; epoch <= epochs; epoch++)
    {
        float trainingLoss = model.Step(training, Rate);
        if (epoch == 1 || epoch % shownEvery == 0)
        {
            float validationLoss = model.Loss(heldOut, out _, out _);
            yield return new EpochReport(epoch, trainingLoss, validationLoss, model.Accuracy(heldOut), model.ZeroWeights);
        }
    }
}

static void Print(FormattableString line) => Console.WriteLine(FormattableString.Invariant(line));
