package dev.migrator.target.kafka;

import dev.migrator.core.kinds.AclTuple;
import dev.migrator.target.TargetException;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.requests.DescribeAclsRequest;
import org.apache.kafka.common.requests.DescribeAclsResponse;

/** Markers that are ACLs. */
record AclMarkers(KafkaConnection connection) implements Markers {
    @Override
    public void write(SettleMarker marker) throws TargetException {
        connection.await(
                "write a settle marker",
                connection.admin().createAcls(List.of(marker.acl())).all());
    }

    @Override
    public boolean isShown(SettleMarker marker, NodeClient client, Node node) throws IOException {
        var request = new DescribeAclsRequest.Builder(marker.acl().toFilter());
        var response = client.ask(node, request, DescribeAclsResponse.class);
        if (response.error().isFailure()) {
            throw response.error().exception();
        }
        return DescribeAclsResponse.aclBindings(response.acls()).contains(marker.acl());
    }

    @Override
    public Set<String> names() throws TargetException {
        return connection
                .await(
                        "look for settle markers",
                        connection.admin().describeAcls(SettleMarker.ANY_ACL).values())
                .stream()
                .map(Acls::tuple)
                .filter(SettleMarker::isMarker)
                .map(AclTuple::resourceName)
                .collect(Collectors.toSet());
    }

    @Override
    public void remove(Collection<String> names) throws TargetException {
        var filters = names.stream()
                .map(name -> new SettleMarker(name).acl().toFilter())
                .toList();
        var _ = connection.await(
                "remove settle markers", connection.admin().deleteAcls(filters).all());
    }
}
