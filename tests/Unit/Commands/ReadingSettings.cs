using System.Net;
using Dlcs.Host;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Dlcs.Unit.Commands;

public sealed class ReadingSettings
{
    [Fact]
    public void works_without_any()
    {
        var settings = Read();

        settings.Data.ShouldBe(Path.GetFullPath("data"));
        settings.Storage.ShouldBe(Path.GetFullPath("data/storage"));
        (settings.Port, settings.ApiPort, settings.Listen).ShouldBe((8080, 8081, IPAddress.Loopback));
        settings.Roles.ShouldBe(Roles.All);
        settings.AllowPrivateAddresses.ShouldBeFalse();
        settings.Postgres.ShouldBeNull();
    }

    [Fact]
    public void takes_what_is_set()
    {
        var settings = Read(
            ("Data", "/srv/dlcs"), ("Port", "80"), ("ApiPort", "81"), ("Listen", "0.0.0.0"), ("Roles", "write, READ"),
            ("PublicUrl", "https://iiif.example.org/"), ("Origins:AllowPrivateAddresses", "true"),
            ("ConnectionStrings:Postgres", "Host=db;Database=dlcs"), ("Samples", "false"),
            ("Logs", "json"), ("LogLevel", "debug"));

        settings.Storage.ShouldBe("/srv/dlcs/storage");
        (settings.Port, settings.ApiPort, settings.Listen).ShouldBe((80, 81, IPAddress.Any));
        settings.Roles.ShouldBe(Roles.Write | Roles.Read);
        settings.PublicUrl.ShouldBe(new Uri("https://iiif.example.org"));
        settings.AllowPrivateAddresses.ShouldBeTrue();
        settings.Postgres.ShouldBe("Host=db;Database=dlcs");
        settings.Samples.ShouldBeFalse();
        settings.LogsJson.ShouldBeTrue();
        settings.LogLevel.ShouldBe(LogLevel.Debug);
    }

    [Fact]
    public void takes_roles_as_a_list_too()
    {
        Read(("Roles:0", "iiif"), ("Roles:1", "read")).Roles.ShouldBe(Roles.Iiif | Roles.Read);
        Read(("Roles:0", "iiif"), ("Roles", "write")).Roles.ShouldBe(Roles.Write); // the line, over a file
    }

    [Theory]
    [InlineData("Port:0", "80")]
    [InlineData("Data:folder", "/srv/dlcs")]
    [InlineData("EventStore:0", "esdb://localhost")]
    [InlineData("Cache:Folder:0", "/srv/cache")]
    public void takes_one_value_where_there_is_one(string name, string value) =>
        Should.Throw<SettingException>(() => Read((name, value))).Message
            .ShouldBe($"The setting {name[..name.LastIndexOf(':')]} must be one value, not a list or an object.");

    [Theory]
    [InlineData("https://bücher.example/ü/", "https://xn--bcher-kva.example/%C3%BC")]
    [InlineData("http://[::1]:8080", "http://[::1]:8080/")]
    public void begins_ids_with_ascii(string set, string begin) =>
        Read(("PublicUrl", set)).PublicUrl.ShouldNotBeNull().AbsoluteUri.ShouldBe(begin);

    [Theory]
    [InlineData("Port", "80x")]
    [InlineData("Port", "0")]
    [InlineData("ApiPort", "65536")]
    [InlineData("ApiPort", "8080")] // the public host's
    [InlineData("Listen", "nowhere")]
    [InlineData("Roles", "write,frob")]
    [InlineData("Roles", ",")]
    [InlineData("Roles:0", "frob")]
    [InlineData("Samples", "perhaps")]
    [InlineData("Logs", "xml")]
    [InlineData("LogLevel", "loud")]
    [InlineData("LogLevel", "1")]
    [InlineData("PublicUrl", "iiif.example.org")]
    [InlineData("ApiUrl", "ftp://example.org")]
    [InlineData("ApiUrl", "https://user:secret@example.org")]
    [InlineData("Origins:AllowPrivateAddresses", "1")]
    [InlineData("EventStore", "frob")]
    [InlineData("EventStore", "esdb://:2113")]
    [InlineData("EventStore", "esdb://localhost?tlsCaFile=/nowhere.pem")]
    [InlineData("Index", "frob")]
    [InlineData("Index", "http://user:secret@search.example.org:9200")]
    [InlineData("Index", "http://search.example.org:9200/?q=1")]
    [InlineData("Storage", "http://bucket")]
    [InlineData("Storage", "s3://")]
    [InlineData("Storage", "s3://bucket/../else")]
    [InlineData("Storage", "s3://user:secret@bucket")]
    [InlineData("Cache:Folder", "s3://bucket")]
    [InlineData("Cache:Bytes", "-1")]
    [InlineData("Prefix", "Has Spaces")]
    [InlineData("Workers", "0")]
    [InlineData("BatchMembers", "10")]
    [InlineData("UploadBytes", "-1")]
    [InlineData("ConnectionStrings:Postgres", "frob")]
    [InlineData("DLCS_ADMIN_KEY", "22d85624-0000-0000-0000-000000000000")] // without its secret
    public void stops_with_one_sentence_that_names_what_is_wrong(string name, string value)
    {
        var sentence = Should.Throw<SettingException>(() => Read((name, value))).Message;

        sentence.ShouldContain(name.Split(":0")[0]);
        sentence.ShouldEndWith(".");
        sentence.ShouldNotContain("\n");
    }

    [Fact]
    public void does_not_repeat_a_password() =>
        Should.Throw<SettingException>(() => Read(("ConnectionStrings:Postgres", "Database=x;Password=sesame")))
            .Message.ShouldNotContain("sesame");

    [Theory]
    [InlineData("ApiUrl", "https://user:sesame@example.org")]
    [InlineData("PublicUrl", "https://user:sesame@example.org")]
    [InlineData("Storage", "http://key:sesame@store")]
    [InlineData("Cache:Folder", "s3://key:sesame@bucket")]
    public void does_not_repeat_a_password_in_an_address(string name, string value) =>
        Should.Throw<SettingException>(() => Read((name, value))).Message
            .ShouldSatisfyAllConditions(said => said.ShouldNotContain("sesame"), said => said.ShouldContain(name));

    [Theory]
    [InlineData("esdb://admin:sesame@")]
    [InlineData("esdb://admin:sesame")] // the host was forgotten
    [InlineData("esdb://admin:ses:ame@host")]
    [InlineData("esdb://admin:x/sesame@host")]
    [InlineData("esdb://admin:x?sesame@host")]
    [InlineData("esdb://admin:x?sesame=1@host")]
    [InlineData("esdb://admin:x@sesame@host")]
    [InlineData("esdb://admin:sesame@host?tls=perhaps")]
    public void does_not_repeat_the_password_of_an_event_store(string text) =>
        Should.Throw<SettingException>(() => Read(("EventStore", text))).Message.ShouldNotContain("sesame");

    [Fact]
    public void keeps_the_log_where_it_is_told()
    {
        Read().EventStore.ShouldBeNull();
        Read(("EventStore", "postgres")).EventStore.ShouldBeNull();

        var settings = Read(("EventStore", "esdb://admin:sesame@events.example.org"));
        settings.EventStore!.Hosts.ShouldBe([new("events.example.org", 2113)]);
        $"{settings} {settings.EventStore}".ShouldNotContain("sesame");
    }

    [Fact]
    public void keeps_the_image_index_where_it_is_told()
    {
        Read().Index.ShouldBeNull();
        Read(("Index", "postgres")).Index.ShouldBeNull();

        var index = Read(
            ("Index", "https://search.example.org:9200/"), ("Prefix", "book"), ("Elastic:ApiKey", "c2VzYW1l"),
            ("Elastic:Username", "dlcs"), ("Elastic:Password", "sesame"), ("Elastic:Verify", "false"),
            ("Elastic:Shards", "3"), ("Elastic:Replicas", "0")).Index.ShouldNotBeNull();
        index.Url.ShouldBe(new Uri("https://search.example.org:9200"));
        (index.Prefix, index.ApiKey, index.Username, index.Password).ShouldBe(("book", "c2VzYW1l", "dlcs", "sesame"));
        (index.Verify, index.Shards, index.Replicas).ShouldBe((false, 3, 0));
        $"{index}".ShouldBe("https://search.example.org:9200");
    }

    [Theory]
    [InlineData("Elastic:Username", "dlcs")] // without its password
    [InlineData("Elastic:CaFile", "/nowhere/ca.pem")]
    [InlineData("Elastic:Shards", "0")]
    [InlineData("Elastic:Replicas", "-1")]
    [InlineData("Elastic:Verify", "perhaps")]
    public void names_what_is_wrong_with_the_image_index(string name, string value) =>
        Should.Throw<SettingException>(() => Read(("Index", "http://search.example.org:9200"), (name, value)))
            .Message.ShouldContain(name);

    [Fact]
    public void takes_the_admins_key_for_automation() =>
        Read(("DLCS_ADMIN_KEY", "22d85624-0000-0000-0000-000000000000"), ("DLCS_ADMIN_SECRET", "0123456789abcdef"))
            .AdminKey!.Credentials.ShouldBe("22d85624-0000-0000-0000-000000000000:0123456789abcdef");

    private static HostSettings Read(params (string Name, string Value)[] set) => new ConfigurationBuilder()
        .AddInMemoryCollection(set.Select(s => KeyValuePair.Create<string, string?>(s.Name, s.Value)))
        .Build().ToHostSettings();
}
