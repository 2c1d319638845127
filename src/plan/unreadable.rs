//! 拒读: why a document cannot be read, each in one line that says what to do about it.

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    #[error("文件是空的，请检查后重新发送。")]
    Empty,
    #[error("文件不是UTF-8、UTF-16或GB18030编码的文本，请用文本编辑器另存为UTF-8编码的 .txt 文件。")]
    NotText,
    #[error("不能读取 .{0} 文件，请用 Word 或 WPS 打开，选择“另存为”→“Word 文档(.docx)”后重新导入。")]
    Unsupported(String),
    #[error(
        "不能读取 .{0} 文件，请用 Excel 或 WPS 打开，选择“另存为”→“Excel 工作簿(.xlsx)”后重新导入；文字方案请另存为 .docx。"
    )]
    OtherWorkbook(String),
    #[error(
        "文件里只有图像，没有文字（扫描件，或者文字已转成图形），请取得原 Word 文件，或者识别文字、核对后另存为 .docx 再导入。"
    )]
    Scan,
    #[error(
        "文件加了密码或者限制了复制，不能读取，请向来文单位索取原 Word 文件（.docx），或者去掉密码、限制后重新导入。"
    )]
    Encrypted,
    #[error(
        "文件的字体没有写明是哪些文字，读出来是乱码，请取得原 Word 文件，或者识别文字、核对后另存为 .docx 再导入。"
    )]
    NoCharacters,
    #[error("扩展名是 .{0}，内容却不是这种版式文件，请取得原文件重新导入。")]
    NotLayout(&'static str),
    #[error("文件已损坏，读不完整，请重新下载，或者取得原 Word 文件（.docx）后再导入。")]
    DamagedLayout,
    #[error("文件超过 {0} 页，请只保留任务所在的页，另存为新文件后再导入。")]
    TooManyPages(usize),
    #[error("不能读取 .{0} 图片，请取得原文件，或者识别文字、核对后另存为 .docx 再导入。")]
    Picture(String),
    #[error(
        "内容不是 Word 或 Excel 文件，或者已经损坏，请用 Word、Excel 或 WPS 打开，另存为 .docx 或 .xlsx 后重新导入。"
    )]
    Compound,
    #[error("文件加了密码，请用 Word、Excel 或 WPS 打开，去掉密码，保存后重新导入。")]
    Password,
    #[error("是 Word 95、Excel 95 或者更早的文件，请用 Word、Excel 或 WPS 打开，另存为 .docx 或 .xlsx 后重新导入。")]
    TooOld,
    #[error("扩展名是 .{0}，内容却不是这种文件，请用 Word、Excel 或 WPS 打开后另存为 .docx 或 .xlsx 再导入。")]
    NotAsNamed(String),
    #[error("压缩包里不是 Word、Excel 或 OFD 文件，请解压后导入其中的方案文件。")]
    NotOffice,
    #[error("内容不是 Word 文档，请用 Word 或 WPS 打开后另存为 .docx。")]
    NotDocument,
    #[error("内容不是 Excel 工作簿，请用 Excel 或 WPS 打开后另存为 .xlsx。")]
    NotWorkbook,
    #[error("文件已损坏，读不完整，请用 Word、Excel 或 WPS 打开后重新保存一次再导入。")]
    Damaged,
    #[error("文件超过 {mebibytes} MiB 的上限，请删去图片等无关内容或者分成几个文件后再导入。")]
    TooLarge { mebibytes: u64 },
    #[error("文件解压后的内容超过上限，不像分工方案，请只保留任务内容，另存为新文件后再导入。")]
    Swells,
    #[error(
        "文件中含有文档类型定义或者自定义实体，出于安全不予读取，请用 Word、Excel 或 WPS 打开后另存为新文件再导入。"
    )]
    Entities,
    #[error("文件的结构层层嵌套，超过上限，请把内容复制到新文件后再导入。")]
    TooDeep,
    #[error("内容超过 {0} 行，请只保留任务所在的部分，另存为新文件后再导入。")]
    TooManyRows(usize),
    #[error("编号超过 {0} 项，不像分工方案，请只保留任务所在的部分，另存为新文件后再导入。")]
    TooManyItems(usize),
    #[error("文件标有密级，涉密文件不得在此处理；请立即从本机和聊天中删除，按保密规定在涉密设备上办理。")]
    Secret,
    #[error(
        "没有读到写明责任单位的编号任务，也没有读到请谁在何时之前办理什么，未导入。任免、纪要、情况通报等不分工、不交办的文件无需导入；是分工方案的，请检查任务前有没有序号。"
    )]
    NoTasks,
}
