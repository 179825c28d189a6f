namespace Reports;

/// <summary>What the command line of a sample asks for.</summary>
/// <param name="Task">The task by name; the first of the sample's tasks where none is named.</param>
/// <param name="Quick">Whether to train for a few seconds only.</param>
/// <param name="ReportPath">Where the report goes.</param>
public sealed record RunOptions(string Task, bool Quick, string ReportPath)
{
    /// <summary>Reads the arguments.</summary>
    /// <param name="arguments">At most one task, <c>--quick</c>, and <c>--report</c> with a path, in any order.</param>
    /// <param name="tasks">The names of the sample's tasks.</param>
    /// <returns>The options, or null where the arguments say something else.</returns>
    public static RunOptions? Parse(ReadOnlySpan<string> arguments, params ReadOnlySpan<string> tasks)
    {
        string? task = null, path = null;
        bool quick = false;
        for (int i = 0; i < arguments.Length; i++)
        {
            if (arguments[i] == "--quick")
                quick = true;
            else if (arguments[i] == "--report" && path is null && i + 1 < arguments.Length)
                path = arguments[++i];
            else if (task is null && tasks.Contains(arguments[i]))
                task = arguments[i];
            else
                return null;
        }
        task ??= tasks[0];
        return new RunOptions(task, quick, path ?? Path.Combine("artifacts", "reports", task + ".html"));
    }
}
