using LossGen.Losses.Tests.Declarations;
using Xunit;

namespace LossGen.Losses.Tests.Page;

public class CataloguePageTests
{
    [Fact]
    public void The_page_says_what_the_declarations_say()
    {
        string page = Path.Combine(Root(), "docs", "catalogue.md"), received = Path.ChangeExtension(page, ".received.md"), text = CataloguePage.Write();
        if (Environment.GetEnvironmentVariable("LOSSGEN_ACCEPT") == "1") File.WriteAllText(page, text);
        if (File.Exists(page) && File.ReadAllText(page) == text)
        {
            File.Delete(received);
            return;
        }

        File.WriteAllText(received, text);
        Assert.Fail($"docs/catalogue.md is not what the declarations say; compare it with {received}, or run the test with LOSSGEN_ACCEPT=1.");
    }

    [Fact]
    public void Every_loss_says_when_to_use_it_and_where_it_comes_from()
    {
        foreach (DeclaredLoss loss in DeclaredLoss.Catalogue)
        {
            DocumentedMember[] members = [.. DocumentedMember.OfMethods(loss.Class, loss.Name)];
            Assert.NotEmpty(members);
            foreach (DocumentedMember member in members)
            {
                string[] topics = [.. member.Remarks.Select(r => r.Topic)];
                Assert.Contains("When to use", topics);
                Assert.Contains("Source", topics);
                Assert.All(topics, topic => Assert.Contains(topic, new[] { "When to use", "Conventions", "Gradient", "Source" }));
                Assert.NotEqual("", loss.Result is null ? member.Returns : member.Parameter(loss.Result.Name!));
            }
        }
    }

    private static string Root()
    {
        for (DirectoryInfo? directory = new(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
            if (File.Exists(Path.Combine(directory.FullName, "LossGen.sln"))) return directory.FullName;
        throw new InvalidOperationException("The tests do not run inside the repository.");
    }
}
