using Dlcs.Integration.Servers;

namespace Dlcs.Integration.Read;

/// <summary>An engine that takes some of a request, and some of what is sent again.</summary>
[Trait("profile", "cluster")]
public sealed class SendingDocumentsAgain(Postgres postgres, Elasticsearch engine)
    : BesideASearchEngine(postgres, engine)
{
    [Fact]
    public async Task sends_what_was_refused_and_nothing_that_was_taken()
    {
        var (access, again) = (new Lock(), 0);
        var (sent, owed, wrong) = (new HashSet<string>(), new List<string>(), new List<string>());
        Library.Man.Meddle = async (http, body, ask) =>
        {
            if (!BulkItems.IsBulk(http))
            {
                await Middleman.Pass(http, body, ask);
                return;
            }
            lock (access)
            {
                if (owed.Remove(body)) again++;
                else wrong.AddRange(BulkItems.Of(body).Where(item => !sent.Add(http.Request.Path + item)));
            }
            await BulkItems.TakeSome(http, body, ask, i => i % 3 is 1, refused =>
            {
                if (refused is []) return;
                lock (access) owed.Add(string.Concat(refused));
            });
        };

        await Library.Shown(await Library.Fill(300));

        wrong.ShouldBeEmpty();
        owed.ShouldBeEmpty();
        again.ShouldBeGreaterThan(3);
        (await Library.Total()).ShouldBe(300);
        Library.Man.Meddle = Middleman.Pass;
        await Library.MustEqualAReplay();
    }
}
