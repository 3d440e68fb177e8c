using Dlcs.Kernel.Storage;
using Dlcs.Processing.Fetching;
using Dlcs.Processing.Images;

namespace Dlcs.Unit.Processing;

public sealed class JudgingAFailure
{
    public static TheoryData<Exception, bool> Failures => new()
    {
        { new FetchException(FetchFailure.Answer, "the origin cannot answer now", mayPass: true), true },
        { new FetchException(FetchFailure.Missing, "the origin has no such file", mayPass: false), false },
        { new StorageUnavailableException("full", new IOException()), true },
        { new StorageMissException(new("2/uploads/ab/abc.bin")), false },
        { new TimeoutException("processing did not end within 45 min"), true },
        { new InvalidCastException("nobody foresaw this"), true },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public void tells_what_may_pass_from_what_cannot(Exception failure, bool mayPass) =>
        Failure.Of(failure).MayPass.ShouldBe(mayPass);

    [Fact]
    public void gives_a_person_the_origins_own_reason() => Failure
        .Of(new FetchException(FetchFailure.Missing, "the origin has no such file", mayPass: false))
        .Reason.ShouldBe("the origin has no such file");

    [Fact]
    public void keeps_the_insides_of_the_program_to_itself() =>
        Failure.Of(new InvalidCastException("Password=secret")).Reason.ShouldNotContain("secret");

    [Fact]
    public void says_how_often_it_was_tried() =>
        new Failure("the origin does not answer", MayPass: true).After(4)
            .ShouldBe("the origin does not answer (tried 4 times)");
}
