using Dlcs.Integration.Servers;

[assembly: AssemblyFixture(typeof(Elasticsearch))]
[assembly: AssemblyFixture(typeof(OpenSearch))]

namespace Dlcs.Integration.Servers;

public sealed class Elasticsearch() : SearchEngine(
    "elasticsearch", "DLCS_TEST_ELASTICSEARCH", "docker.elastic.co/elasticsearch/elasticsearch:8.14.3");

public sealed class OpenSearch() : SearchEngine(
    "opensearch", "DLCS_TEST_OPENSEARCH", "opensearchproject/opensearch:2.19.1");
