#!/usr/bin/env bash
# Prints the secrets of the overlay, with passwords of its own each time: `k8s/overlays/one-machine/secrets.sh | kubectl create -f -`, once.
# `create` on purpose: PostgreSQL takes its administrator's password at its first start only, so these must not change after it.
set -euo pipefail

password() { od -An -N24 -tx1 /dev/urandom | tr -d ' \n'; }
secret() {
  local name=$1 pair arguments=()
  shift
  for pair; do arguments+=("--from-literal=$pair"); done
  kubectl create secret generic "$name" --namespace lacollecte --dry-run=client --output yaml "${arguments[@]}"
  echo ---
}

administrator=$(password)
transport=kafka://kafka:9092
operations=("POSTGRES_ADMIN_URL=postgres://postgres:$administrator@postgres:5432/postgres" "TRANSPORT_URL=$transport")
for service in directory intake refurbishment inventory matching dispatch traceability gateway; do
  declare -A url=()
  for role in owner app worker; do
    url[$role]=postgres://${service}_$role:$(password)@postgres:5432/$service
    operations+=("${service^^}_${role^^}_URL=${url[$role]}")
  done
  if [ "$service" = gateway ]; then
    secret lacollecte-gateway "DATABASE_URL=${url[app]}" "OIDC_CLIENT_SECRET=$(password)"
    continue
  fi
  secret "lacollecte-$service" "DATABASE_URL=${url[app]}" "DATABASE_WORKER_URL=${url[worker]}" "TRANSPORT_URL=$transport" QUEUES_URL=redis://redis:6379
done
secret lacollecte-operations "${operations[@]}"
secret lacollecte-servers "POSTGRES_PASSWORD=$administrator" "KC_BOOTSTRAP_ADMIN_PASSWORD=$(password)"
