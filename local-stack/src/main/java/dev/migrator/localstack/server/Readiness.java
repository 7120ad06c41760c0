package dev.migrator.localstack.server;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** Whether a server can be used now. A look takes at most a few seconds and changes nothing. */
@FunctionalInterface
public interface Readiness {
    /** @return false for as long as it cannot be used, whatever the reason */
    boolean isReady();

    /** All of them. */
    static Readiness all(List<Readiness> parts) {
        return () -> parts.stream().allMatch(Readiness::isReady);
    }

    /** A GET is answered with one of these statuses, or with any if none is named. */
    static Readiness http(String url, Integer... statuses) {
        return http(url, java.util.Map.of(), statuses);
    }

    /** The same, asked by one of these users if there are any. @param users passwords by user */
    static Readiness http(String url, java.util.Map<String, String> users, Integer... statuses) {
        return () -> {
            try {
                HttpURLConnection connection =
                        (HttpURLConnection) URI.create(url).toURL().openConnection();
                connection.setConnectTimeout(1_000);
                connection.setReadTimeout(5_000);
                users.forEach((user, password) -> connection.setRequestProperty(
                        "Authorization",
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8))));
                int status = connection.getResponseCode();
                connection.disconnect();
                return statuses.length == 0 || Arrays.asList(statuses).contains(status);
            } catch (IOException _) {
                return false;
            }
        };
    }

    /**
     * The broker accepts these credentials and knows itself as a member of its cluster.
     *
     * @param client settings of a client, with its bootstrap server on this machine
     */
    static Readiness kafka(java.util.Map<String, String> client) {
        return () -> {
            String bootstrap = client.get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG);
            int port = Integer.parseInt(bootstrap.substring(bootstrap.lastIndexOf(':') + 1));
            if (!accepts(port)) {
                return false; // an admin client would log a warning for each attempt
            }
            Properties properties = new Properties();
            properties.putAll(client);
            properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "4000");
            properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, "3000");
            try (Admin admin = Admin.create(properties)) {
                return !admin.describeCluster().nodes().get(5, TimeUnit.SECONDS).isEmpty();
            } catch (ExecutionException | TimeoutException _) {
                return false;
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return false;
            }
        };
    }

    private static boolean accepts(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            return true;
        } catch (IOException _) {
            return false;
        }
    }
}
