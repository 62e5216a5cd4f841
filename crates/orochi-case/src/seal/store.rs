//! The query engine's way to files, through their seals.

use std::{
    fmt,
    ops::Range,
    path::{Path as FilePath, PathBuf},
    sync::Arc,
};

use async_trait::async_trait;
use bytes::Bytes;
use datafusion::object_store::{
    CopyOptions, Error, GetOptions, GetResult, GetResultPayload, ListResult, MultipartUpload, ObjectMeta, ObjectStore,
    PutMultipartOptions, PutOptions, PutPayload, PutResult, Result, local::LocalFileSystem, path::Path,
};
use futures::{StreamExt, stream::BoxStream};

use super::{Seal, book::Seals, file::SealedFile};

/// The local file system. What is read of a sealed file is compared with its seal first; all else is as it was.
#[derive(Debug)]
pub(crate) struct SealedStore {
    files: LocalFileSystem,
    seals: Arc<Seals>,
}

impl SealedStore {
    /// Over the files of these seals.
    pub(crate) fn new(seals: Arc<Seals>) -> Self {
        Self { files: LocalFileSystem::new(), seals }
    }

    fn sealed(&self, location: &Path) -> Result<Option<(PathBuf, Arc<Seal>)>> {
        let path = self.files.path_to_filesystem(location)?;
        let seal = self.seals.find(&path).map_err(|error| failed(&path, error))?;
        Ok(seal.map(|seal| (path, seal)))
    }
}

/// Reading waits for the disk, so it has a thread of its own.
async fn parts(path: PathBuf, seal: Arc<Seal>, ranges: Vec<Range<u64>>) -> Result<Vec<Bytes>> {
    let read = move || {
        let file = SealedFile::open(&path, Some(seal)).map_err(|error| failed(&path, error))?;
        let part = |range| file.bytes(range).map_err(|error| failed(&path, error));
        ranges.into_iter().map(part).collect()
    };
    tokio::task::spawn_blocking(read).await.map_err(|source| Error::JoinError { source })?
}

fn failed(path: &FilePath, error: std::io::Error) -> Error {
    let path = path.display().to_string();
    match error.kind() {
        std::io::ErrorKind::NotFound => Error::NotFound { path, source: Box::new(error) },
        _ => Error::Generic { store: "case", source: Box::new(error) },
    }
}

impl fmt::Display for SealedStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.files)
    }
}

#[async_trait]
impl ObjectStore for SealedStore {
    async fn put_opts(&self, location: &Path, payload: PutPayload, options: PutOptions) -> Result<PutResult> {
        self.files.put_opts(location, payload, options).await
    }

    async fn put_multipart_opts(
        &self,
        location: &Path,
        options: PutMultipartOptions,
    ) -> Result<Box<dyn MultipartUpload>> {
        self.files.put_multipart_opts(location, options).await
    }

    async fn get_opts(&self, location: &Path, options: GetOptions) -> Result<GetResult> {
        let Some((path, seal)) = self.sealed(location)?.filter(|_| !options.head) else {
            return self.files.get_opts(location, options).await;
        };
        let found = self.files.get_opts(location, options).await?;
        let part = parts(path, seal, vec![found.range.clone()]).await?;
        let payload = futures::stream::iter(part.into_iter().map(Ok)).boxed();
        Ok(GetResult { payload: GetResultPayload::Stream(payload), ..found })
    }

    async fn get_ranges(&self, location: &Path, ranges: &[Range<u64>]) -> Result<Vec<Bytes>> {
        match self.sealed(location)? {
            Some((path, seal)) => parts(path, seal, ranges.to_vec()).await,
            None => self.files.get_ranges(location, ranges).await,
        }
    }

    fn delete_stream(&self, locations: BoxStream<'static, Result<Path>>) -> BoxStream<'static, Result<Path>> {
        self.files.delete_stream(locations)
    }

    fn list(&self, prefix: Option<&Path>) -> BoxStream<'static, Result<ObjectMeta>> {
        self.files.list(prefix)
    }

    async fn list_with_delimiter(&self, prefix: Option<&Path>) -> Result<ListResult> {
        self.files.list_with_delimiter(prefix).await
    }

    async fn copy_opts(&self, from: &Path, to: &Path, options: CopyOptions) -> Result<()> {
        self.files.copy_opts(from, to, options).await
    }
}
