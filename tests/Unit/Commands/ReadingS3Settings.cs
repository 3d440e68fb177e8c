using Dlcs.Host;
using Dlcs.Kernel.Storage.S3;
using Microsoft.Extensions.Configuration;

namespace Dlcs.Unit.Commands;

public sealed class ReadingS3Settings
{
    [Fact]
    public void needs_a_bucket_alone()
    {
        var settings = Read(("Data", "/srv/dlcs"), ("Storage", "s3://pixels"));

        settings.S3.ShouldBe(new S3Settings("pixels"));
        (settings.Cache, settings.CacheBytes).ShouldBe(("/srv/dlcs/cache", 10L << 30));
    }

    [Fact]
    public void takes_what_is_set() => Read(
            ("Storage", "s3://pixels/library/main/"), ("S3:Endpoint", "http://store:9000"), ("S3:Region", "default"),
            ("S3:AccessKey", "key"), ("S3:SecretKey", "sesame"), ("S3:RequestChecksums", "when-supported"),
            ("S3:ConditionalPuts", "false"), ("S3:Encryption", "aws:kms"), ("S3:EncryptionKey", "k-1"),
            ("S3:PartSize", "8388608"), ("S3:Connections", "9"), ("S3:TimeoutSeconds", "3"), ("S3:Retries", "0"))
        .S3.ShouldBe(new S3Settings("pixels")
        {
            Prefix = "library/main",
            Endpoint = new("http://store:9000"),
            Region = "default",
            PathStyle = true,
            Credentials = new("key", "sesame"),
            RequestChecksums = true,
            ConditionalPuts = false,
            Encryption = S3Encryption.Kms,
            EncryptionKey = "k-1",
            PartSize = 8388608,
            Connections = 9,
            Timeout = TimeSpan.FromSeconds(3),
            Retries = 0,
        });

    [Theory]
    [InlineData(null, null, false)]
    [InlineData(null, "true", true)]
    [InlineData("http://store:9000", null, true)]
    [InlineData("http://store:9000", "false", false)]
    public void has_the_bucket_in_the_path_where_another_store_answers_or_it_is_said(
        string? endpoint, string? pathStyle, bool inPath) =>
        Read(("Storage", "s3://pixels"), ("S3:Endpoint", endpoint), ("S3:PathStyle", pathStyle))
            .S3.ShouldNotBeNull().PathStyle.ShouldBe(inPath);

    [Fact]
    public void is_not_asked_for_where_pixels_are_in_a_folder() =>
        Read(("Storage", "/srv/pixels"), ("S3:AccessKey", "key")).S3.ShouldBeNull();

    [Theory]
    [InlineData("S3:Endpoint", "store:9000")]
    [InlineData("S3:PathStyle", "perhaps")]
    [InlineData("S3:AccessKey", "without its secret")]
    [InlineData("S3:RequestChecksums", "always")]
    [InlineData("S3:ConditionalPuts", "2")]
    [InlineData("S3:Encryption", "rot13")]
    [InlineData("S3:EncryptionKey", "k-1")] // without aws:kms
    [InlineData("S3:PartSize", "1000")]
    [InlineData("S3:Connections", "0")]
    [InlineData("S3:TimeoutSeconds", "0.5")]
    [InlineData("S3:Retries", "-1")]
    public void stops_with_one_sentence_that_names_what_is_wrong(string name, string value)
    {
        var sentence = Should.Throw<SettingException>(() => Read(("Storage", "s3://pixels"), (name, value))).Message;

        sentence.ShouldContain(name);
        sentence.ShouldEndWith(".");
    }

    [Theory]
    [InlineData("s3://key:sesame@pixels", null)]
    [InlineData("s3://pixels", "https://key:sesame@store")]
    public void does_not_repeat_credentials_that_stand_in_the_wrong_place(string storage, string? endpoint) =>
        Should.Throw<SettingException>(() => Read(("Storage", storage), ("S3:Endpoint", endpoint ?? "")))
            .Message.ShouldNotContain("sesame");

    [Fact]
    public void does_not_show_a_secret()
    {
        var settings = Read(("Storage", "s3://pixels"), ("S3:AccessKey", "key"), ("S3:SecretKey", "sesame"));

        $"{settings} {settings.S3} {settings.S3!.Credentials}".ShouldNotContain("sesame");
    }

    private static HostSettings Read(params (string Name, string? Value)[] set) => new ConfigurationBuilder()
        .AddInMemoryCollection(set.Select(s => KeyValuePair.Create<string, string?>(s.Name, s.Value)))
        .Build().ToHostSettings();
}
