# Shouwang 守望. `make` prints this help; everything else does its own set-up.
# Needed: Go, Node with npm, git, make. Nothing here needs a C compiler.

SHELL := /bin/sh
export CGO_ENABLED := 0

BIN   := bin/shouwang
DEMO  := ./shouwang-demo
ADDR  := 127.0.0.1:8080
REV   := $(shell git describe --tags --always --dirty 2>/dev/null || echo unknown)
BUILD := go build -trimpath -buildvcs=false -ldflags '-s -w -X main.revision=$(REV)'

WEB_SRC  := $(shell find web -type d \( -name node_modules -o -name coverage \) -prune -o -type f ! -name '*.test.ts' -print 2>/dev/null)
WEB_PKGS := web/node_modules/.package-lock.json
WEB_OUT  := internal/web/dist/index.html
NODE     := $(shell command -v npm 2>/dev/null)

.PHONY: help build release demo setup test check bench thirdparty reference shots budgets clean web web-if-node binary

help: ## 显示本帮助 · print this help
	@echo '守望 Shouwang — make <目标 target>'
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1|\2/' | awk -F'|' '{printf "%-18s %s\n", $$1, $$2}'

build: web-if-node binary ## 构建 bin/shouwang（有 Node 时含网页） · build, with the web app where Node is there

demo: web binary ## 一条命令看到演示：http://127.0.0.1:8080 · everything from nothing to a running demo
	$(BIN) serve --demo --data $(DEMO) --addr $(ADDR)

setup: ## 只装测试所需的系统软件（root） · only install what the tests need from the system
	@script/prepare

test: ## 全部测试，自行准备环境（≤ 20 分钟） · all tests, does its own set-up
	@script/test

check: ## 格式、静态检查、类型、结构规则，再跑全部测试 · lint, then test
	@script/check
	@script/test

bench: binary ## 性能对照表 · print the performance table
	@script/bench

thirdparty: $(WEB_PKGS) ## 重写 THIRD_PARTY · write the list of what we stand on
	@script/thirdparty

reference: ## 重写参考文档里生成的部分 · write the generated parts of docs/reference
	@script/reference

shots: web binary ## 重拍 docs/img 的截图（完整演示） · take the pictures of the documents anew
	@script/e2e-packages
	@node script/shots/shots.mjs

budgets: web binary ## 在浏览器里量 G4–G8 的预算，重写 docs/reference/budgets · measure the pages' budgets in a browser
	@script/e2e-packages
	@node test/e2e/budget.mjs --write

release: web ## 五个平台的发布件，各构建两次逐字节比对 · binaries for every system, built twice and compared
	@script/release

clean: ## 删除构建产物（不删演示数据） · remove what was built, never data
	rm -rf bin dist web/node_modules test/e2e/node_modules test/e2e/out bench/out
	find internal/web/dist -mindepth 1 ! -name keep -delete 2>/dev/null || true

web: $(WEB_OUT)

web-if-node:
ifeq ($(NODE),)
	@echo '没有找到 Node，跳过网页构建 · no Node here: the web app is left out' >&2
else
	@$(MAKE) --no-print-directory web
endif

$(WEB_PKGS): web/package.json web/package-lock.json
	@script/need-node
	cd web && npm ci --no-audit --no-fund
	@touch $@

$(WEB_OUT): $(WEB_PKGS) $(WEB_SRC)
	cd web && npm run --silent build
	@touch $@

binary:
	@$(BUILD) -o $(BIN) ./cmd/shouwang
