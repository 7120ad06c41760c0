/** What targets that are reached over HTTP share: bounded calls, typed faults, credentials, paths. */
package dev.migrator.target.httpclient;
