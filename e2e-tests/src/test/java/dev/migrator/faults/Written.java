package dev.migrator.faults;

/** Manifests in one line each. What stands between the braces of a spec is YAML. */
final class Written {
    private Written() {}

    static String topic(String name, String spec) {
        return manifest("Topic", name, spec);
    }

    /** A new topic with those configs. */
    static String configured(String config) {
        return topic("faults.new", "partitions: 1, replicationFactor: 1, config: {" + config + "}");
    }

    /** The topic that is there already, with those configs. */
    static String changed(String config) {
        return topic("faults.there", "partitions: 6, replicationFactor: 1, config: {" + config + "}");
    }

    static String acl(String spec) {
        return manifest("Acl", "faults.acl", spec);
    }

    static String rule(String name, String principal, String operations, String resource) {
        return manifest(
                "Acl",
                name,
                "principal: '" + principal + "', operations: [" + operations + "], resource: {" + resource + "}");
    }

    /** A version of an artifact in the group that the tests share. */
    static String schema(String name, String version, String type, String content, String more) {
        return manifest(
                "Schema",
                name,
                "group: faults, version: '" + version + "', type: " + type + ", content: '" + content.replace("'", "''")
                        + "'" + (more.isEmpty() ? "" : ", " + more));
    }

    static String avro(String name, String version, String content) {
        return schema(name, version, "AVRO", content, "");
    }

    static String record(String fields) {
        return "{\"type\":\"record\",\"name\":\"Order\",\"fields\":[" + fields + "]}";
    }

    static String field(String name, String type) {
        return "{\"name\":\"" + name + "\",\"type\":" + type + "}";
    }

    static String field(String name, String type, String byDefault) {
        return "{\"name\":\"" + name + "\",\"type\":" + type + ",\"default\":" + byDefault + "}";
    }

    static String manifest(String kind, String name, String spec) {
        return "apiVersion: migrator.dev/v1\nkind: " + kind + "\nmetadata: {name: '" + name + "'}\nspec: {" + spec
                + "}\n";
    }

    /** Asks for the resource to be gone. */
    static String absent(String manifest) {
        return manifest + "state: absent\n";
    }
}
