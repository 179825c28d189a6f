using LossGen.Benchmarks.Report;
using LossGen.GeneratorBenchmarks;
using Microsoft.CodeAnalysis;
using static LossGen.Benchmarks.Report.MarkdownTable;

// The generator on a project of 500 losses: cold, and after an edit of one formula; then what it writes, and how long that compiles.
const string Usage = "dotnet run -c Release --project benchmarks/LossGen.GeneratorBenchmarks -- [--losses 500] [--edits 20] [--steps] [--form Mse] [--write docs/benchmarks.md]";
int losses = int.Parse(Option("--losses") ?? "500"), edits = int.Parse(Option("--edits") ?? "20");
if (args.Contains("--help"))
{
    Console.WriteLine(Usage);
    return;
}

// One and two axes first, then CTC, SSIM, and a file without losses.
int count = losses - Form.Heavy.Length;
Form[] forms = [.. Enumerable.Range(0, count).Select(i => Form.Usual[i % Form.Usual.Length]), .. Form.Heavy];
UserProject usual = UserProject.Of(forms[..count].Select((form, i) => form.Declare(i)));
UserProject project = UserProject.Of(forms.Select((form, i) => form.Declare(i)).Append("// nothing"));
MarkdownTable table = new("what", "milliseconds", "over an edit elsewhere", "goal");

void Add(string what, double milliseconds, string goal, double? over = null)
{
    string more = over is { } gap ? Number(gap) : "";
    Console.WriteLine($"{what,-70} {Number(milliseconds),8} ms {more,8}   {goal}");
    table.Add(what, Number(milliseconds), more, goal);
}

Add($"cold, first run of the process, {count} losses of one and two axes", Measurements.Cold(usual).Milliseconds, "5000");
Add($"cold again, its code compiled", Measurements.Cold(usual).Milliseconds, "");
(double cold, GeneratorDriver driver) = Measurements.Cold(project);
Add("the same and CTC and SSIM", cold, "");
if (args.Contains("--steps"))
    foreach ((string step, double milliseconds) in Measurements.Steps(driver)) Console.WriteLine($"    {step,-20} {milliseconds:F0} ms");

// The first edits of a process wait for its code to be compiled, and the next ones run beside a thread that compiles it once more.
_ = Measurements.Elsewhere(project, driver, losses, 4 * edits);
for (int i = 0; i < Form.Usual.Length; i++) _ = Measurements.Edit(project, driver, i, forms[i], edits);
double elsewhere = Measurements.Elsewhere(project, driver, losses, edits);
Add($"edit of a file without losses among {losses}", elsewhere, "");
foreach (int i in Enumerable.Range(0, Form.Usual.Length).Concat(Enumerable.Range(count, Form.Heavy.Length)))
{
    if (Option("--form") is { } wanted && wanted != forms[i].Name) continue;
    double run = Measurements.Edit(project, driver, i, forms[i], edits);
    Add($"edit of {forms[i].Name}", run, forms[i].Kind is Kind.OneAxis or Kind.TwoAxes ? "10" : "50", run - elsewhere);
}

if (Option("--form") is not null) return;
Add($"C# compiler on all {losses}, without generating", Measurements.Emit(project, driver), "");

MarkdownTable sizes = new("loss", "lines over all widths", "characters");
foreach ((Form form, int lines, int characters) in Measurements.Sizes(Form.Usual.Concat(Form.Heavy)))
{
    Console.WriteLine($"{form.Name,-30} {lines,6} lines {characters,8} characters");
    sizes.Add(form.Name, lines.ToString(), characters.ToString());
}

if (Option("--write") is { } path) MarkedSection.Replace(path, "generator", $"{table}\n{sizes}");

string? Option(string name) => Array.IndexOf(args, name) is var i and >= 0 && i + 1 < args.Length ? args[i + 1] : null;
